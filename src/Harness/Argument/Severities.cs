namespace Faultline.Harness.Argument;

/// <summary>The words for severities, in files and on pages.</summary>
internal static class Severities
{
    public static string Word(this Severity severity) => severity switch
    {
        Severity.DataLoss => "data loss",
        Severity.Hang => "hang",
        Severity.SpuriousEvents => "spurious events",
        Severity.Memory => "memory",
        Severity.Time => "time",
        Severity.ApiDifference => "API difference",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, null),
    };

    public static Severity? Parse(string word)
    {
        foreach (var severity in Enum.GetValues<Severity>())
        {
            if (severity.Word() == word)
                return severity;
        }

        return null;
    }
}
