using Faultline.Harness.Progress;

namespace Faultline.Harness.Docker;

/// <summary>One program of those that run in an <see cref="OpenContainer"/>.</summary>
internal sealed record ContainerStep
{
    /// <summary>The phase named by an exception.</summary>
    public required Phase Phase { get; init; }

    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>On top of the container's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Files and folders copied in before the start.</summary>
    public IReadOnlyList<ContainerInput> Inputs { get; init; } = [];

    /// <summary>Files and folders copied out after an exit with code 0.</summary>
    public IReadOnlyList<ContainerOutput> Outputs { get; init; } = [];

    /// <summary>Writes to standard input while the program runs; closed at its end. Null: no standard input.</summary>
    public Func<Stream, CancellationToken, Task>? FeedStandardInput { get; init; }

    /// <summary>How many of the last lines an exception carries.</summary>
    public int TailLines { get; init; } = 60;
}
