using System.Collections.Immutable;
using Faultline.Harness.Results;
using Faultline.Machine;

namespace Faultline.Harness.Programs;

/// <summary>
/// The tests that programs of a built suite printed in earlier runs, on whatever kernel, kept in the suite's folder. With them a filter by
/// a part of a name need not start every program to find out which of them has such a test.
/// </summary>
internal static class KnownTests
{
    /// <summary>A line each: a program with its arguments, and a test of it; both without tabs.</summary>
    private const string FileName = "tests";

    private const char Separator = '\t';

    /// <summary>A program with the arguments that it gets.</summary>
    public static string KeyOf(SuiteProgram program) => string.Join(' ', [program.Id, .. program.Arguments]);

    /// <summary>What earlier runs printed, by <see cref="KeyOf"/>; of a program that is not in it nothing is known.</summary>
    /// <param name="folder">The suite's.</param>
    public static ImmutableDictionary<string, ImmutableArray<string>> Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        return !File.Exists(file) ? ImmutableDictionary<string, ImmutableArray<string>>.Empty
            : File.ReadAllLines(file).Select(line => line.Split(Separator)).Where(words => words.Length == 2)
                .GroupBy(words => words[0], words => words[1], StringComparer.Ordinal)
                .ToImmutableDictionary(
                    program => program.Key, program => program.Where(test => test.Length > 0).ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>Adds what a run printed. A program that left its tests out, or that nobody saw end well, tells nothing.</summary>
    /// <param name="record">What the guest reported.</param>
    public static void Add(ProgramSet set, RunRecord record)
    {
        var runs = record.Programs.ToDictionary(run => run.Id, StringComparer.Ordinal);
        foreach (var suite in set.Suites)
        {
            var known = Read(suite.Folder);
            var more = suite.Programs.Aggregate(known, (so, program) => Seen(runs.GetValueOrDefault(program.Id)) is { } seen
                ? so.SetItem(KeyOf(program), [.. so.GetValueOrDefault(KeyOf(program), []).Union(seen, StringComparer.Ordinal)]) : so);
            if (!more.All(program => known.TryGetValue(program.Key, out var tests) && tests.Length == program.Value.Length))
            {
                var lines = more.OrderBy(program => program.Key, StringComparer.Ordinal).SelectMany(Lines);
                WholeFile.Write(Path.Combine(suite.Folder, FileName), string.Concat(lines));
            }
        }
    }

    /// <summary>One that its limit killed comes as far the next time: what it had printed by then is all that it can be asked.</summary>
    private static IEnumerable<string>? Seen(ProgramRun? run)
    {
        if (run is not { End: { IsAlive: false } end }
            || (end.Limit is null && end.Status is not (ProgramStatus.Pass or ProgramStatus.Fail or ProgramStatus.Skip)))
            return null;
        var parsed = OutputReading.Read(run.Lines, run.End);
        var isWhole = parsed.Skipped is null && (end.Limit is not null || parsed.Problems.IsEmpty);
        return isWhole && !parsed.Tests.Any(test => test.Name.Contains(Separator, StringComparison.Ordinal))
            ? parsed.Tests.Select(test => test.Name) : null;
    }

    private static IEnumerable<string> Lines(KeyValuePair<string, ImmutableArray<string>> program) =>
        program.Value.DefaultIfEmpty("").Select(test => $"{program.Key}{Separator}{test}\n");
}
