using System.Collections.Immutable;

namespace Faultline.Harness.Argument;

/// <summary>The file that figures come from, and how it was made.</summary>
/// <param name="File">Name of the benchmark's file.</param>
/// <param name="Measured">When it was made.</param>
/// <param name="Command">The command that measures again.</param>
/// <param name="Machine">On what.</param>
internal sealed record FigureSource(string File, DateTimeOffset Measured, string Command, string Machine)
{
    /// <summary>Whether guests had no real CPU, so that their times mean something only next to each other.</summary>
    public bool IsEmulated { get; init; }

    /// <summary>Kernels of which another build was measured than the one that was tested.</summary>
    public ImmutableArray<string> OtherBuilds { get; init; } = [];
}
