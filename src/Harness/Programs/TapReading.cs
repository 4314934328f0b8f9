using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Faultline.Harness.Results;

namespace Faultline.Harness.Programs;

/// <summary>
/// Reads TAP 13 and 14 and the kernel's KTAP, nested tests included. A plan that is missing, or that the results do not keep, is a problem
/// of the whole: nobody knows what was not run.
/// </summary>
internal sealed partial class TapReading
{
    private const int KeptDiagnostics = 5;

    private readonly List<ParsedTest> _tests = [];
    private readonly List<string> _problems = [];
    private readonly Stack<TapLevel> _levels = new();
    private readonly List<string> _diagnostics = [];
    private string? _subtest;
    private string? _skipped;
    private bool _bailed;
    private double _before;

    private TapReading() => _levels.Push(new TapLevel(Indent: 0, Name: null, FirstTest: 0));

    /// <summary>Only TAP has such a line.</summary>
    public static bool IsTap(string line) => Version().IsMatch(line) || Plan().IsMatch(line) || NumberedResult().IsMatch(line);

    public static ParsedOutput Read(IEnumerable<PrintedLine> lines)
    {
        var reading = new TapReading();
        foreach (var line in lines)
        {
            reading.Take(line);
            reading._before = line.T;
        }

        return reading.Complete();
    }

    private void Take(PrintedLine line)
    {
        var text = line.Text.TrimStart(' ');
        var indent = line.Text.Length - text.Length;
        if (Plan().Match(text) is { Success: true } plan)
            TakePlan(Enter(indent), plan);
        else if (Version().IsMatch(text))
            Enter(indent).Announced = true;
        else if (Bail().Match(text) is { Success: true } bail)
            TakeBail(bail.Groups[1].Value.Trim());
        else if (Subtest().Match(text) is { Success: true } subtest)
            _subtest = subtest.Groups[1].Value.Trim();
        else if (Result().Match(text) is { Success: true } result)
            TakeResult(Enter(indent), result, line.T);
        else if (text.StartsWith('#') || text.StartsWith("Error", StringComparison.OrdinalIgnoreCase))
            _diagnostics.Add(text.TrimStart('#', ' '));
    }

    private void TakePlan(TapLevel level, Match plan)
    {
        if (level.Plan is not null)
            _problems.Add($"{level.Title}: a second plan ({plan.Value.Trim()})");
        // A plan beyond all numbers is one that is not kept.
        level.Plan ??= int.TryParse(plan.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count : int.MaxValue;
        if (level.Plan == 0 && _levels.Count == 1)
            _skipped = plan.Groups[2].Value.Trim() is { Length: > 0 } reason ? reason : "it plans no test, and does not say why";
    }

    private void TakeBail(string reason)
    {
        _bailed = true;
        _problems.Add(reason.Length > 0 ? $"it gave up: {reason}" : "it gave up, and does not say why");
    }

    private void TakeResult(TapLevel level, Match match, double t)
    {
        level.Results++;
        var number = match.Groups[2].Value;
        if (number.Length > 0 && number.TrimStart('0') != level.Results.ToString(CultureInfo.InvariantCulture))
            _problems.Add($"{level.Title}: result {number} where {level.Results.ToString(CultureInfo.InvariantCulture)} was due");
        var (name, directive, reason) = Description(match.Groups[3].Value);
        if (name.Length == 0)
            name = reason.Length > 0 ? reason : $"test {level.Results.ToString(CultureInfo.InvariantCulture)}";
        var ok = match.Groups[1].Length == 0;
        var outcome = directive switch
        {
            "SKIP" or "XFAIL" => TestOutcome.Skipped,
            "TODO" when !ok => TestOutcome.Skipped,
            _ => ok ? TestOutcome.Passed : TestOutcome.Failed,
        };
        NameChildren(level, name);
        _tests.Add(new ParsedTest(name, outcome) { Detail = Detail(outcome, directive, reason), Time = (_before, t) });
        level.FirstTest = _tests.Count;
        _diagnostics.Clear();
    }

    private string? Detail(TestOutcome outcome, string directive, string reason)
    {
        var said = directive is "SKIP" or "" ? reason : $"{directive} {reason}".Trim();
        return outcome switch
        {
            TestOutcome.Skipped => said.Length > 0 ? said : "the program does not say why",
            TestOutcome.Failed => Told(said) is { Length: > 0 } told ? told : "not ok; the program does not say why",
            _ => null,
        };
    }

    private string Told(string said) =>
        string.Join('\n', _diagnostics.TakeLast(KeptDiagnostics).Prepend(said).Where(text => text.Length > 0));

    /// <summary>A nested test stands before the result that it is part of: only that one tells the name.</summary>
    private void NameChildren(TapLevel level, string name)
    {
        for (var i = level.FirstTest; i < _tests.Count; i++)
            _tests[i] = _tests[i] with { Name = $"{name} / {_tests[i].Name}" };
    }

    /// <summary>The level of an indentation; deeper ones end with it.</summary>
    private TapLevel Enter(int indent)
    {
        while (_levels.Count > 1 && indent < _levels.Peek().Indent)
            End(_levels.Pop());
        if (indent > _levels.Peek().Indent)
        {
            _levels.Push(new TapLevel(indent, _subtest, _tests.Count));
            _subtest = null;
        }

        return _levels.Peek();
    }

    private void End(TapLevel level)
    {
        if (_bailed)
            return;
        if (level.Plan is { } plan && plan != level.Results)
        {
            _problems.Add(string.Create(
                CultureInfo.InvariantCulture, $"{level.Title}: {plan} tests were planned, and {level.Results} have a result"));
        }
        else if (level is { Plan: null, Results: > 0 })
        {
            _problems.Add($"{level.Title}: no plan, so that nobody knows whether all tests ran");
        }
        else if (level is { Plan: null, Announced: true })
        {
            _problems.Add($"{level.Title}: TAP was announced, and no test has a result");
        }
    }

    private ParsedOutput Complete()
    {
        while (_levels.TryPop(out var level))
        {
            if (_levels.Count > 0 && level.Results > 0)
                _problems.Add($"{level.Title}: the result of the test that they are part of is missing");
            End(level);
        }

        return new ParsedOutput([.. _tests], [.. _problems]) { Skipped = _tests.Count == 0 ? _skipped : null };
    }

    private static (string Name, string Directive, string Reason) Description(string text)
    {
        var match = Directive().Match(text);
        return match.Success
            ? (text[..match.Index].Trim().TrimStart('-').Trim(), match.Groups[1].Value.ToUpperInvariant(), match.Groups[2].Value.Trim())
            : (text.Trim().TrimStart('-').Trim(), "", "");
    }

    [GeneratedRegex(@"^ *K?TAP version \d+\s*$")]
    private static partial Regex Version();

    [GeneratedRegex(@"^ *1\.\.(\d+)\s*(?:#\s*(?:SKIP\S*)?\s*(.*))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Plan();

    [GeneratedRegex(@"^(not )?ok\b(?:\s+(\d+))?(?:\s+-(?=\s))?(.*)$")]
    private static partial Regex Result();

    [GeneratedRegex(@"^ *(?:not )?ok \d+\b")]
    private static partial Regex NumberedResult();

    [GeneratedRegex(@"^Bail out!(.*)$")]
    private static partial Regex Bail();

    [GeneratedRegex(@"^# Subtest:(.*)$")]
    private static partial Regex Subtest();

    [GeneratedRegex(@"#\s*(SKIP|TODO|XFAIL)\w*[:\s]*(.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Directive();
}
