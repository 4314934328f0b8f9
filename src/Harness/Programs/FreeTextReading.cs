using System.Globalization;
using System.Text.RegularExpressions;
using Faultline.Harness.Results;

namespace Faultline.Harness.Programs;

/// <summary>
/// Reads what the memory selftests print: <c>Testing NAME... done</c>, <c>skipped [reason: …]</c> or <c>failed [reason: …]</c>, the older
/// <c>testing NAME: done</c>, and <c>ERROR: …</c>, after which such a program ends and its later tests are lost.
/// </summary>
internal sealed partial class FreeTextReading
{
    private const int KeptLines = 5;

    private readonly List<ParsedTest> _tests = [];
    private readonly List<string> _problems = [];
    private readonly List<string> _said = [];
    private readonly List<string> _errors = [];
    private (string Name, double T)? _open;
    private double _before;

    private FreeTextReading()
    {
    }

    /// <summary>A test begins in this line.</summary>
    public static bool Begins(string line) => Start().IsMatch(line);

    /// <param name="end">How the program ended; null while nobody knows.</param>
    public static ParsedOutput Read(IEnumerable<PrintedLine> lines, ProgramEnd? end)
    {
        var reading = new FreeTextReading();
        (int Passed, int Skipped, int Failed)? summary = null;
        double last = 0;
        foreach (var line in lines)
        {
            last = line.T;
            if (Summary().Match(line.Text) is { Success: true } counts)
                summary = (Number(counts, 1), Number(counts, 2), Number(counts, 3));
            else
                reading.Take(line);
            reading._before = line.T;
        }

        return reading.Complete(end, last, summary);
    }

    private void Take(PrintedLine line)
    {
        var text = line.Text;
        // The last one: a child process may have written what its parent had not yet sent once more.
        if (Start().Matches(text) is { Count: > 0 } starts && starts[^1] is var start)
        {
            // What stands before it is the end of the one before.
            Continue(text[..start.Index], line.T);
            var name = (start.Groups[1].Success ? start.Groups[1] : start.Groups[2]).Value.Trim();
            if (_open is { } open && open.Name != name)
                Close(outcome: null, detail: null, line.T);
            if (_open is null)
            {
                _said.Clear();
                // A line arrives when it is whole: its test began when the one before had.
                _open = (name, _before);
            }

            text = text[(start.Index + start.Length)..];
        }

        Continue(text, line.T);
    }

    private void Continue(string text, double t)
    {
        if (Error().Match(text) is { Success: true } error)
        {
            _errors.Add(error.Value.Trim());
            Continue(text[..error.Index], t);
            return;
        }

        text = text.Trim();
        if (text.Length == 0)
            return;
        if (_open is not null && Ending().Match(text) is { Success: true } ending)
        {
            var reason = ending.Groups[2].Success ? ending.Groups[2].Value : ending.Groups[3].Value;
            Close(
                ending.Groups[1].Value.ToUpperInvariant() switch
                {
                    "DONE" => TestOutcome.Passed,
                    "SKIPPED" => TestOutcome.Skipped,
                    _ => TestOutcome.Failed,
                },
                reason.Trim(), t);
            return;
        }

        _said.Add(text);
    }

    private void Close(TestOutcome? outcome, string? detail, double t)
    {
        if (_open is not { } open)
            return;
        _tests.Add(new ParsedTest(open.Name, outcome)
        {
            Time = (open.T, t),
            Detail = outcome switch
            {
                TestOutcome.Passed => null,
                _ when detail is { Length: > 0 } => detail,
                TestOutcome.Skipped => "the program does not say why",
                _ => _said.Count > 0 ? string.Join('\n', _said.TakeLast(KeptLines)) : "the program does not say why",
            },
        });
        _open = null;
    }

    private ParsedOutput Complete(ProgramEnd? end, double last, (int Passed, int Skipped, int Failed)? summary)
    {
        // The error may have overtaken the name of its test: only the name went through a buffer.
        var aborted = _errors.Count > 0 && summary is null && end is not { Status: 0 };
        if (aborted && _open is not null)
            Close(TestOutcome.Failed, string.Join('\n', _errors.Take(KeptLines)), last);
        Close(outcome: null, detail: null, last);
        foreach (var (i, test) in _tests.Index().Where(test => test.Item.Outcome is null).ToList())
            _tests[i] = Settle(test, end);
        if (aborted)
            _problems.Add($"it gave up, and what was to come after did not run: {_errors[0]}");
        else if (_errors.Count > 0 && end is { Status: 0 })
            _problems.Add($"it ended well, and yet reported: {_errors[0]}");
        if (summary is { } counts)
            Compare(counts);
        return new ParsedOutput([.. _tests], [.. _problems]);
    }

    /// <summary>Some tests say nothing when they end well. They did, if the program did.</summary>
    private static ParsedTest Settle(ParsedTest test, ProgramEnd? end) => end switch
    {
        null => test with { Detail = null },
        { Status: 0, Limit: null } => test with { Outcome = TestOutcome.Passed, Detail = null },
        { Limit: { } limit } => test with
        {
            Outcome = TestOutcome.Failed,
            Detail = string.Create(
                CultureInfo.InvariantCulture, $"it had not said how it ended when the program was killed after {limit:0.#} s"),
        },
        _ => test with
        {
            Outcome = TestOutcome.Failed,
            Detail = $"it does not say how it ended, and the program ended with {ProgramStatus.Of(end.Status)}; it said: {test.Detail}",
        },
    };

    private void Compare((int Passed, int Skipped, int Failed) said)
    {
        int Seen(TestOutcome outcome) => _tests.Count(test => test.Outcome == outcome);
        var seen = (Seen(TestOutcome.Passed), Seen(TestOutcome.Skipped), Seen(TestOutcome.Failed));
        if (seen == said)
            return;
        _problems.Add(string.Create(CultureInfo.InvariantCulture,
            $"it counts {said.Passed} passed, {said.Skipped} skipped, {said.Failed} failed; its lines tell of "
            + $"{seen.Item1}, {seen.Item2} and {seen.Item3}"));
    }

    private static int Number(Match match, int group) =>
        int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    [GeneratedRegex(@"\bTesting (\S.*?)\.\.\.|^testing (\S.*?):(?=\s|$)")]
    private static partial Regex Start();

    [GeneratedRegex(@"^(done|skipped|failed)\b\.?(?:\s*\[reason:\s*(.*?)\]?$|:\s*(.*)$|,.*$|\s*$)", RegexOptions.IgnoreCase)]
    private static partial Regex Ending();

    [GeneratedRegex(@"\bERROR: .*$")]
    private static partial Regex Error();

    [GeneratedRegex(@"pass=(\d+), skip=(\d+), fail=(\d+) \(total=\d+\)")]
    private static partial Regex Summary();
}
