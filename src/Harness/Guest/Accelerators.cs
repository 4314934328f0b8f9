namespace Faultline.Harness.Guest;

/// <summary>Accelerators in words: those of <c>--accel</c>, of <c>run-guest</c> and of <c>results.json</c>.</summary>
internal static class Accelerators
{
    /// <summary>The word for <c>run-guest</c> and in results.</summary>
    public static string Name(this AcceleratorKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The word of the command line, and in results.</summary>
    public static string Name(this AcceleratorChoice choice) => choice.ToString().ToLowerInvariant();
}
