namespace Faultline.Harness.Argument;

/// <summary>The words for how a statement stands.</summary>
internal static class Standings
{
    public static string Word(this Standing standing) => standing switch
    {
        Standing.Holds => "holds",
        Standing.NoDifference => "no difference",
        Standing.DoesNotHold => "does not hold",
        Standing.NotMeasured => "not measured",
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
    };
}
