using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Reports;

/// <summary>
/// Folds what one insertion moved into one line: the later members of an enum, the later fields of a record, the later
/// macros of a list.
/// </summary>
internal static partial class Shifts
{
    /// <summary>So many are still read one by one.</summary>
    private const int Few = 2;

    /// <summary>The findings in their order, of each shift the first only, with what to say of the others.</summary>
    public static IEnumerable<(Finding Finding, string Others)> Folded(IEnumerable<Finding> findings)
    {
        var all = findings.ToList();
        var shifts = all.Select(finding => (Finding: finding, Shift: ShiftOf(finding))).Where(item => item.Shift is not null)
            .GroupBy(item => item.Shift!, item => item.Finding).SelectMany(shift => Runs(shift.Key, shift))
            .Where(shift => shift.Findings.Count > Few).ToList();
        var folded = shifts.SelectMany(shift => shift.Findings).ToHashSet();
        var firsts = shifts.ToDictionary(shift => shift.Findings[0], shift => shift);
        foreach (var finding in all)
        {
            if (firsts.TryGetValue(finding, out var shift))
                yield return (finding, $", and {shift.Findings.Count - 1} later {shift.Shift.What} moved by {shift.Shift.By}");
            else if (!folded.Contains(finding))
                yield return (finding, "");
        }
    }

    /// <summary>The place and distance of a move. Members with the same place and distance moved together.</summary>
    private sealed record Shift(string Header, EquatableArray<string> Targets, string Within, string What, BigInteger By);

    /// <summary>
    /// What moved together, by its old place. Macros of one first word may be of several lists: those are together whose numbers
    /// follow each other.
    /// </summary>
    private static IEnumerable<(Shift Shift, List<Finding> Findings)> Runs(Shift shift, IEnumerable<Finding> findings)
    {
        var run = new List<Finding>();
        foreach (var finding in findings.OrderBy(finding => Before(finding)))
        {
            if (run.Count > 0 && finding.Change.Kind == ValueKinds.ConstantChanged && Before(finding) > Before(run[^1]) + 1)
            {
                yield return (shift, run);
                run = [];
            }
            run.Add(finding);
        }
        yield return (shift, run);
    }

    private static BigInteger? Before(Finding finding) =>
        finding.Change.Kind == ValueKinds.ConstantChanged ? Value(finding.Change.Old) : Place(finding.Change.Old);

    private static Shift? ShiftOf(Finding finding)
    {
        var change = finding.Change;
        if (change.Kind == ValueKinds.ConstantChanged)
        {
            return change.Subject.IndexOf('_', StringComparison.Ordinal) is > 0 and var word && Value(change.Old) is { } was
                && Value(change.New) is { } now
                ? new(finding.Header, finding.Targets, change.Subject[..word], $"macros {change.Subject[..word]}_*", now - was)
                : null;
        }
        if (Place(change.Old) is not { } old || Place(change.New) is not { } current)
            return null;
        if (change.Kind == ValueKinds.EnumeratorChanged)
            return new(finding.Header, finding.Targets, "", "members", current - old);
        return change.Kind == RecordKinds.FieldMoved && Unit(change.Old) == Unit(change.New)
            ? new(finding.Header, finding.Targets,
                $"{change.Subject[..Math.Max(0, change.Subject.LastIndexOf('.'))]} {Unit(change.Old)}", "fields",
                current - old)
            : null;
    }

    private static BigInteger? Place(string text) =>
        Number().Match(text) is { Success: true } match ? BigInteger.Parse(match.Value, CultureInfo.InvariantCulture) : null;

    /// <summary>A macro's number, decimal below ten and hexadecimal from there on.</summary>
    private static BigInteger? Value(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? BigInteger.TryParse("0" + text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) ? hex : null
        : BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Unit(string text) => text.Split(' ')[0];

    [GeneratedRegex("-?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
