using Faultline.AbiExtractor.Stages;

namespace Faultline.AbiExtractor;

/// <summary>Which header to read, and for which machine.</summary>
public sealed record HeaderRequest
{
    /// <summary>The header's file.</summary>
    public required string Path { get; init; }

    /// <summary>The triple of this machine.</summary>
    public static string HostTarget => SearchPath.HostTarget;

    /// <summary>
    /// This machine's triple, and that of the 32-bit machine whose programs its kernel runs: a compat layout is an ABI as well.
    /// </summary>
    public static IReadOnlyList<string> UsualTargets { get; } =
        MachineHeaders.SiblingOf(HostTarget) is { } sibling ? [HostTarget, sibling] : [HostTarget];

    /// <summary>
    /// The directory of a target's own headers in an include directory of several machines, as Debian has it; null when there is none.
    /// </summary>
    public static string? MachineDirectory(string directory, string target) => MachineHeaders.Beside(directory, target);

    /// <summary>The target triple; null is <see cref="HostTarget"/>.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// Directories to find <c>&lt;linux/types.h&gt;</c> and friends in, before those inferred from the header's own place.
    /// The machine's own headers serve where neither these nor that place have a <c>linux/types.h</c>.
    /// </summary>
    public IReadOnlyList<string> IncludeDirectories { get; init; } = [];

    /// <summary>Macros to define before the header: <c>NAME</c> or <c>NAME=VALUE</c>, as a compiler's <c>-D</c> takes them.</summary>
    public IReadOnlyList<string> Defines { get; init; } = [];

    /// <summary>Headers to include before it, in their order: files, or names as programs include them.</summary>
    public IReadOnlyList<string> Preludes { get; init; } = [];

    /// <summary>How programs include the header, for example <c>linux/userfaultfd.h</c>; null infers it from the include directories.</summary>
    public string? IncludeName { get; init; }

    /// <summary>What the header's file holds, where that is known; null reads it.</summary>
    public HeaderText? Text { get; init; }

    /// <summary>Names to look for in the headers that this one includes too; null looks for none.</summary>
    public WantedNames? Wanted { get; init; }

    /// <summary>Whether comments are read: of a model that is only compared, nobody reads them.</summary>
    public bool WithDocs { get; init; } = true;

    /// <summary>The directories in which the header's includes are looked for, in this order.</summary>
    /// <exception cref="ExtractionException">The header or an include directory does not exist.</exception>
    public IReadOnlyList<string> Directories => SearchPath.For(this).Directories;

    /// <summary>The header as programs include it, by those directories.</summary>
    /// <exception cref="ExtractionException">The header or an include directory does not exist.</exception>
    public string Name => SearchPath.For(this).Name;

    /// <summary>How long the compiler may work on the header. The largest headers of a kernel take a second.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>One reason why a header could not be read.</summary>
/// <param name="File">The file as programs include it.</param>
/// <param name="Line">From 1; 0 when the error has no place.</param>
/// <param name="Column">From 1; 0 when the error has no place, or the whole line is it.</param>
public sealed record HeaderError(string File, int Line, int Column, string Message)
{
    /// <summary>The file's path on this machine; empty when the error has no place.</summary>
    public string Path { get; init; } = "";

    public override string ToString() => (Line, Column) switch
    {
        (> 0, > 0) => $"{File}:{Line}:{Column}: {Message}",
        (> 0, _) => $"{File}:{Line}: {Message}",
        _ => $"{File}: {Message}",
    };
}

/// <summary>A header is missing or is not C for this target.</summary>
public sealed class ExtractionException(string message, IReadOnlyList<HeaderError> errors)
    : Exception(errors.Count == 0 ? message : $"{message}\n{string.Join('\n', errors.Take(20))}{(errors.Count > 20 ? $"\n… and {errors.Count - 20} more" : "")}")
{
    public IReadOnlyList<HeaderError> Errors { get; } = errors;

    /// <summary>This error with the side of a comparison that it is about, unless that is named already.</summary>
    public ExtractionException OnSide(string side) => message.Contains(side, StringComparison.Ordinal) ? this
        : new($"{side}: {message}", Errors) { Overrun = Overrun };

    /// <summary>
    /// Whether reading was given up because of its time or memory. Another attempt would take as much again.
    /// </summary>
    public bool Overrun { get; init; }
}
