using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Bench.Feature.Tables;

namespace Faultline.Harness.Argument;

/// <summary>Reads one condition: which kind it is, its first key says.</summary>
internal static class ConditionFile
{
    private static readonly Dictionary<string, Func<TomlFields, string, Condition>> Kinds = new(StringComparer.Ordinal)
    {
        ["row"] = (fields, row) => new RowCondition(Kernel(fields), row, fields.Require("observable"), fields.Require("is")),
        ["step"] = (fields, step) => new StepCondition(
            Kernel(fields), Step(fields, Way(fields), step),
            Step(fields, Way(fields, "over-way", fields.Text("way")), fields.Text("over-step") ?? step), Limits(fields)),
        ["growth"] = (fields, figure) => new GrowthCondition(
            Kernel(fields), Way(fields), Known(fields, figure, Steps.Counts.Select(count => count.Name)), Limits(fields)),
        ["snapshot"] = (fields, figure) => new SnapshotCondition(
            Kernel(fields), Known(fields, figure, ["pause", "total"]), Way(fields), Known(fields, fields.Require("over-way"), Ways.All),
            Limits(fields)),
        ["wrong-pages"] = (fields, way) => new WrongPagesCondition(Kernel(fields), Known(fields, way, Ways.All), Limits(fields)),
    };

    /// <exception cref="Sources.VariantFileException">It is none, or lacks something, or says too much.</exception>
    public static Condition Read(TomlFields fields)
    {
        var kind = Kinds.Keys.FirstOrDefault(fields.Has)
            ?? throw fields.Error($"a condition has one of the keys {string.Join(", ", Kinds.Keys)}.");
        var condition = Kinds[kind](fields, fields.Require(kind)) with { Named = fields.Text("named") };
        fields.MustBeRead();
        return condition;
    }

    private static string Kernel(TomlFields fields) => fields.Require("kernel");

    private static string Way(TomlFields fields, string key = "way", string? otherwise = null) =>
        Known(fields, fields.Text(key) ?? otherwise ?? Ways.Feature, Ways.All);

    private static WayStep Step(TomlFields fields, string way, string step) =>
        new(way, Known(fields, step, Steps.Times.Select(known => known.Name).Append(WayStep.Whole)));

    private static string Known(TomlFields fields, string word, IEnumerable<string> words) => words.Contains(word, StringComparer.Ordinal)
        ? word
        : throw fields.Error($"'{word}' is none of {string.Join(", ", words)}.");

    /// <summary>A figure without limits could not speak against anything.</summary>
    private static Bounds Limits(TomlFields fields) => (fields.Number("least"), fields.Number("most")) switch
    {
        (null, null) => throw fields.Error("a figure needs 'least', 'most' or both."),
        var (least, most) => new Bounds(least, most),
    };
}
