using System.Collections.Immutable;
using Faultline.Harness.Bench;

namespace Faultline.Harness.Report;

/// <summary>How a run came about: what somebody needs who reads its report later, or wants to repeat it. No environment variable is among it.</summary>
internal sealed record RunFacts
{
    /// <summary>The words of the command line, without the program.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>One line for a shell that repeats the run in its folder.</summary>
    public required string Repeat { get; init; }

    /// <summary>The folder the command was given in.</summary>
    public required string Folder { get; init; }

    /// <summary>The version of the program, with the commit it was built from where the build knew it.</summary>
    public required string Version { get; init; }

    /// <summary>The commit of the checkout, as <c>git describe --dirty</c> names it; null where git does not tell.</summary>
    public string? Revision { get; init; }

    /// <summary>Tool to version, of the tools that this run asked: <c>dotnet</c>, <c>engine</c>, <c>libclang</c>, <c>qemu</c>.</summary>
    public ImmutableSortedDictionary<string, string> Tools { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The machine, and its load when the run began.</summary>
    public MachineFacts? Machine { get; init; }
}

/// <param name="Name">What was asked for: <c>debian:6.1</c>, or the folder of a tree.</param>
/// <param name="Version">What it was exactly: <c>6.1.192-2</c>, or the state of the tree; null when it was never looked at.</param>
internal sealed record SourceReport(string Name, string? Version);

/// <param name="File">Name of the file in the series.</param>
/// <param name="Subject">Subject of the mail, without its <c>[PATCH …]</c>; null where git finds none.</param>
internal sealed record PatchReport(string File, string? Subject);

/// <summary>Something that is not as the run before had it.</summary>
/// <param name="Kernel">The kernel; for a control also what it was asked for.</param>
/// <param name="Item"><c>verdict</c>, or the test.</param>
/// <param name="Before">Verdict or outcome of the run before.</param>
/// <param name="After">That of this run.</param>
internal sealed record RunChange(string Kernel, string Item, string Before, string After)
{
    public override string ToString() => $"{Kernel}: {Item}: {Before} -> {After}";
}
