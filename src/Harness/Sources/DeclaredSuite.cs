using System.Collections.Immutable;
using Faultline.Harness.Results;

namespace Faultline.Harness.Sources;

/// <summary>
/// What a variant's file says of a suite of programs: which of them run, with what arguments, and how the tests come out that do not pass.
/// </summary>
/// <param name="Name">As results call the suite: <c>selftests/mm</c>.</param>
internal sealed record DeclaredSuite(string Name)
{
    /// <summary>What <c>--suite</c> would be given for it; null for one that runs only when it is named there.</summary>
    public string? Run { get; init; }

    /// <summary>What each of its programs may take on a real CPU; null for the default.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>The program's name in results to its file and arguments; empty for each program that is built, without arguments.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Programs { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>Test (<c>PROGRAM</c> or <c>PROGRAM: TEST</c>) to how it comes out on this kernel, where it does not pass.</summary>
    public ImmutableSortedDictionary<string, DeclaredOutcome> Expect { get; init; } =
        ImmutableSortedDictionary.Create<string, DeclaredOutcome>(StringComparer.Ordinal);

    /// <summary>Test to how it comes out on the control, for tests that tell this kernel from it.</summary>
    public ImmutableSortedDictionary<string, DeclaredOutcome> Control { get; init; } =
        ImmutableSortedDictionary.Create<string, DeclaredOutcome>(StringComparer.Ordinal);

    /// <summary>Nothing is known of it on this kernel: how its tests come out is taken down, and none of it is wrong.</summary>
    public bool IsObserved { get; init; }

    /// <summary>Every test that something is said of.</summary>
    public IEnumerable<string> Tests => Expect.Keys.Union(Control.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The tests that must come out otherwise on the control.</summary>
    public IEnumerable<string> Promises => Control.Keys.Where(IsPromise);

    /// <summary>A suite of which nothing is said.</summary>
    public static DeclaredSuite Nothing(string name) => new(name);

    /// <summary>How a test comes out on this kernel; null where nothing is said, so that it has to pass or be skipped.</summary>
    public DeclaredOutcome? Expected(string test) =>
        Expect.TryGetValue(test, out var expected) ? expected : Control.ContainsKey(test) ? DeclaredOutcome.Passed : null;

    /// <summary>How a test comes out on the control; null where nothing is said.</summary>
    public DeclaredOutcome? OnControl(string test) => Control.GetValueOrDefault(test);

    /// <summary>A test that must come out otherwise on the control.</summary>
    public bool IsPromise(string test) => OnControl(test) is { } control && control.Outcome != Expected(test)?.Outcome;

    /// <summary>A name of the file is that of a program, or of one of its tests.</summary>
    public static bool IsOf(string test, string program) => test == program || test.StartsWith($"{program}: ", StringComparison.Ordinal);

    /// <summary>The tests of a program that something is said of, by their names in its output.</summary>
    public IEnumerable<string> TestsOf(string program) =>
        Tests.Where(test => test.StartsWith($"{program}: ", StringComparison.Ordinal)).Select(test => test[(program.Length + 2)..]);

    /// <summary>This suite with what an inheriting file says, which decides. Other programs are other tests.</summary>
    public DeclaredSuite With(DeclaredSuite nearer) => nearer with
    {
        Run = nearer.Run ?? Run,
        Limit = nearer.Limit ?? Limit,
        Programs = nearer.Programs.IsEmpty ? Programs : nearer.Programs,
        Expect = nearer.Programs.IsEmpty ? Expect.SetItems(nearer.Expect) : nearer.Expect,
        Control = nearer.Programs.IsEmpty ? Control.SetItems(nearer.Control) : nearer.Control,
    };
}
