using Faultline.AbiDiff.Kinds;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Rules;

/// <summary>Drift of records without a name that stand behind a pointer, in what a function takes, or in the rows of a typedef.</summary>
internal sealed class UnnamedRecords(RecordRules records, AbiSpec old, AbiSpec current)
{
    /// <summary>
    /// What became of the records behind two types; null when neither has one without a name, when the types lead elsewhere, or a side
    /// does not tell: then the types are compared by their text.
    /// </summary>
    /// <param name="subject">What has the type.</param>
    public IReadOnlyList<AbiChange>? Compare(string subject, UnnamedType was, UnnamedType now)
    {
        if (was.Count == 0 && now.Count == 0)
            return null;
        if (was.Spelling == now.Spelling && records.HaveTypedef(was.Spelling))
            return [];
        var (before, after) = (Resolved(was, old), Resolved(now, current));
        return before.End is { } end && after.End is { } endNow
            ? Ends(subject, before, after, end, endNow) : Functions(subject, before, after);
    }

    private List<AbiChange>? Ends(string subject, UnnamedType was, UnnamedType now,
        (string Record, string Around) end, (string Record, string Around) endNow)
    {
        var (steps, stepsNow) = (FullType.Unqualified(end.Around), FullType.Unqualified(endNow.Around));
        if (steps.Trim() != stepsNow.Trim() || Record(was, end.Record, old) is not { } before
            || Record(now, endNow.Record, current) is not { } after)
            return null;
        if (before.Kind != after.Kind)
            return [new(RecordKinds.PointeeChanged, subject, was.Spelling, now.Spelling)];
        var behind = steps.Contains('*', StringComparison.Ordinal) ? Subject.Behind(subject) : subject;
        var changes = records.Record(behind, before, after, hasRoom: false).ToList();
        if (records.FullTypes.Change(With(end), With(endNow)) is { } kind && !records.LayoutOnly)
        {
            var (text, textNow) = FullType.Told(was.Spelling, now.Spelling, was.Full, now.Full);
            changes.Add(new(kind, subject, text, textNow));
        }
        return changes;

        // One name for both: what became of that is told of the record.
        string With((string Record, string Around) type) =>
            type.Around.Insert(type.Around.TakeWhile(c => c != '*' && c != '[').Count(), "record ");
    }

    private static StructSpec? Record(UnnamedType type, string name, AbiSpec spec) =>
        name.EndsWith('}') ? type.Records is [var only] ? only : null
        : spec.Structs.FirstOrDefault(record => record.Id == name);

    /// <summary>Records in what functions take and give, where their texts are the same.</summary>
    private List<AbiChange>? Functions(string subject, UnnamedType was, UnnamedType now)
    {
        if (was.Records.Count == 0 || was.Records.Count != now.Records.Count)
            return null;
        var changes = UnnamedType.Places(was.Full, subject).Zip(was.Records, now.Records)
            .SelectMany(item => records.Record(item.First, item.Second, item.Third, hasRoom: false)).ToList();
        if (records.FullTypes.Change(was.Full, now.Full) is not { } kind || records.LayoutOnly)
            return changes;
        if (kind.Severity == Severity.Breaking)
            return null;
        var (text, textNow) = FullType.Told(was.Spelling, now.Spelling, was.Full, now.Full);
        return [.. changes, new(kind, subject, text, textNow)];
    }

    /// <summary>With the records of the typedef that has them.</summary>
    private static UnnamedType Resolved(UnnamedType type, AbiSpec spec) => type.Records.Count > 0 || type.Count == 0 ? type
        : type with { Records = spec.Typedefs.FirstOrDefault(item => item.Name == FullType.Named(type.Spelling))?.Unnamed ?? default };
}
