using System.Collections.Immutable;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Programs;

/// <summary>A suite of programs, built for the guest.</summary>
/// <param name="Name">As results call it: <c>selftests/mm</c>.</param>
/// <param name="Folder">Holds a folder <c>files</c> with the programs and what lies next to them, and the program that starts them.</param>
/// <param name="Key">Hash of all that it was made from.</param>
internal sealed record BuiltSuite(string Name, string Folder, string Key, ImmutableArray<SuiteProgram> Programs)
{
    /// <summary>The folder of what it was built to, within <see cref="Folder"/>.</summary>
    public const string Files = "files";

    /// <summary>The program that starts the others, within <see cref="Folder"/>.</summary>
    public const string Runner = "run-programs";

    /// <summary>A suite of which only is known what a variant's file says.</summary>
    public static ProgramSet Unbuilt(DeclaredSuite declared, IEnumerable<SuiteProgram> programs) => new(Builtin: false,
        [new BuiltSuite(declared.Name, "", "", [.. programs]) { Declared = declared }]);

    /// <summary>What its programs are known to print, by <see cref="KnownTests.KeyOf"/>.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Tests { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>What the kernel's variant declares of it.</summary>
    public DeclaredSuite Declared { get; init; } = DeclaredSuite.Nothing(Name);
}
