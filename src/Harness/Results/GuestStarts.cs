namespace Faultline.Harness.Results;

/// <summary>The starts of guests in words.</summary>
internal static class GuestStarts
{
    /// <summary>The name in <c>results.json</c>, and what the runner's script calls it; stable.</summary>
    public static string Name(this GuestStart start) => start == GuestStart.Resumed ? "resumed" : "cold";
}
