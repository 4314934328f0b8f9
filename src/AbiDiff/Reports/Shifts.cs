using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Reports;

/// <summary>Folds what one insertion moved into one line: the later members of an enum, the later fields of a record.</summary>
internal static partial class Shifts
{
    /// <summary>So many are still read one by one.</summary>
    private const int Few = 2;

    /// <summary>The findings in their order, of each shift the first only, with what to say of the others.</summary>
    public static IEnumerable<(Finding Finding, string Others)> Folded(IEnumerable<Finding> findings)
    {
        var all = findings.ToList();
        var shifts = all.Select(finding => (Finding: finding, Shift: ShiftOf(finding))).Where(item => item.Shift is not null)
            .GroupBy(item => item.Shift!, item => item.Finding).Where(shift => shift.Count() > Few).ToList();
        var folded = shifts.SelectMany(shift => shift).ToHashSet();
        var firsts = shifts.ToDictionary(shift => shift.MinBy(finding => Place(finding.Change.Old))!, shift => shift);
        foreach (var finding in all)
        {
            if (firsts.TryGetValue(finding, out var shift))
                yield return (finding, $", and {shift.Count() - 1} later {shift.Key.What} moved by {shift.Key.By}");
            else if (!folded.Contains(finding))
                yield return (finding, "");
        }
    }

    /// <summary>The place and distance of a move. Members with the same place and distance moved together.</summary>
    private sealed record Shift(string Header, EquatableArray<string> Targets, string Within, string What, BigInteger By);

    private static Shift? ShiftOf(Finding finding)
    {
        var change = finding.Change;
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

    private static string Unit(string text) => text.Split(' ')[0];

    [GeneratedRegex("-?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
