using System.Collections.Immutable;
using System.Globalization;
using Faultline.Harness.Inputs;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Programs;

/// <summary>What a guest runs: the built-in suite or not, and after it programs of other suites.</summary>
/// <param name="Builtin">Whether the built-in suite runs.</param>
/// <param name="Suites">In the order in which they run.</param>
internal sealed record ProgramSet(bool Builtin, ImmutableArray<BuiltSuite> Suites)
{
    /// <summary>What a program may take on a real CPU, unless its suite's declaration says otherwise.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The built-in suite and nothing else.</summary>
    public static ProgramSet None { get; } = new(Builtin: true, []);

    /// <summary>A guest of it is started as ever: by the built-in suite.</summary>
    public bool IsPlain => Builtin && Suites.IsEmpty;

    /// <summary>The programs that run, given what the user asks for.</summary>
    /// <param name="filters">The user's queries.</param>
    public IEnumerable<(BuiltSuite Suite, SuiteProgram Program)> Selected(IReadOnlyList<string> filters)
    {
        var chosen = new ProgramFilter(filters);
        return Suites.SelectMany(suite => suite.Programs.Where(program => chosen.MayConcern(program, suite))
            .Select(program => (suite, program)));
    }

    /// <summary>These programs on a kernel of which nothing is known.</summary>
    public ProgramSet Observed => this with
    {
        Suites = [.. Suites.Select(suite => suite with { Declared = suite.Declared with { IsObserved = true } })],
    };

    /// <summary>These programs where what was observed of another kernel is expected: what failed there fails here.</summary>
    /// <param name="other">The other kernel's run.</param>
    /// <param name="kernel">The other kernel's name.</param>
    public ProgramSet After(RunRecord other, string kernel) => this with
    {
        Suites =
        [
            .. Suites.Select(suite => suite with
            {
                Declared = suite.Declared with
                {
                    Expect = ProgramTests.FailedIn(other, suite.Name).ToImmutableSortedDictionary(
                        test => test, _ => DeclaredOutcome.Failed with { Why = $"as on {kernel}" }, StringComparer.Ordinal),
                },
            }),
        ],
    };

    /// <summary>What all of them may take together, on a real CPU.</summary>
    public TimeSpan TimeFor(IReadOnlyList<string> filters) => Selected(filters).Where(chosen => chosen.Program.BuildError is null)
        .Aggregate(TimeSpan.Zero, (sum, chosen) => sum + LimitOf(chosen.Suite));

    /// <summary>The tests that are known before anything runs: each program as a whole, and those that the variant declares.</summary>
    public IEnumerable<PlannedTest> Known(IReadOnlyList<string> filters)
    {
        foreach (var (suite, program) in Selected(filters))
        {
            yield return ProgramTests.Plan(suite, program, test: null);
            foreach (var test in suite.Declared.TestsOf(program.Name))
                yield return ProgramTests.Plan(suite, program, test);
        }
    }

    /// <summary>Adds the programs to a payload, and the list by which they are started.</summary>
    /// <param name="payload">The folder of the payload.</param>
    /// <param name="filters">The user's queries.</param>
    /// <param name="factor">How much slower than a real CPU the guest is.</param>
    /// <param name="asked">What the user gives all of them together, in seconds; null for the sum of their limits.</param>
    public void AddTo(string payload, IReadOnlyList<string> filters, double factor, int? asked)
    {
        if (Suites.IsEmpty)
            return;
        var list = new List<string>();
        if (Builtin)
            list.Add("builtin");
        if (asked is { } seconds)
            list.Add($"deadline {Text(seconds)}");
        foreach (var (suite, program) in Selected(filters).Where(chosen => chosen.Program.BuildError is null))
        {
            list.AddRange(
            [
                $"program {program.Id}", $"limit {Text((int)Math.Ceiling(LimitOf(suite).TotalSeconds * factor))}",
                $"folder /payload/suites/{suite.Name}", $"file {program.File}",
                .. program.Arguments.Select(argument => $"argument {argument}"),
            ]);
        }

        AddFilesTo(payload);
        File.Copy(Path.Combine(Suites[0].Folder, BuiltSuite.Runner), Path.Combine(payload, "run"));
        File.WriteAllText(Path.Combine(payload, "programs"), string.Concat(list.Select(line => line + "\n")));
    }

    /// <summary>Adds the programs to a payload, for who starts them by hand: each suite in a folder <c>suites/NAME</c>.</summary>
    public void AddFilesTo(string payload)
    {
        foreach (var suite in Suites)
            Copy(Path.Combine(suite.Folder, BuiltSuite.Files), Path.Combine(payload, "suites", suite.Name));
    }

    /// <summary>What a run's result rests on.</summary>
    public IEnumerable<Input> Inputs(IReadOnlyList<string> filters) => IsPlain ? [] :
    [
        Input.Of("suites", string.Join(' ', Suites.Select(suite => $"{suite.Name}={suite.Key}").Prepend(Builtin ? "builtin" : "programs"))),
        Input.OfContent("programs", string.Join('\n', Selected(filters).Select(Line))),
    ];

    private static string Line((BuiltSuite Suite, SuiteProgram Program) chosen)
    {
        var ((suite, program), arguments) = (chosen, string.Join('\t', chosen.Program.Arguments));
        return $"{program.Id}\t{program.File}\t{arguments}\t{Text((int)LimitOf(suite).TotalSeconds)}";
    }

    private static TimeSpan LimitOf(BuiltSuite suite) => suite.Declared.Limit ?? Limit;

    private static void Copy(string from, string to)
    {
        foreach (var file in FolderFiles.Of(from))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
