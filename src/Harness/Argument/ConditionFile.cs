using Faultline.Harness.Bench.Feature;
using Faultline.Harness.Bench.Feature.Tables;

namespace Faultline.Harness.Argument;

/// <summary>Reads one condition: which kind it is, its first key says.</summary>
internal static class ConditionFile
{
    private static readonly Dictionary<string, Func<ConditionFields, string, Condition>> Kinds = new(StringComparer.Ordinal)
    {
        ["row"] = (of, row) => new RowCondition(of.Kernel, row, of.Fields.Require("observable"), of.Wanted),
        ["step"] = (of, step) => new StepCondition(
            of.Kernel, Step(of.Fields, Way(of.Fields), step),
            Step(of.Fields, Way(of.Fields, "over-way", of.Fields.Text("way")), of.Fields.Text("over-step") ?? step), of.Limits)
        {
            Huge = of.Fields.Flag("huge"), Without = of.Fields.Text("without"),
        },
        ["growth"] = (of, figure) => new GrowthCondition(
            of.Kernel, Way(of.Fields), Known(of.Fields, figure, Steps.Counts.Select(count => count.Name)), of.Limits),
        ["snapshot"] = (of, figure) => new SnapshotCondition(
            of.Kernel, Known(of.Fields, figure, ["pause", "total"]), Way(of.Fields),
            Known(of.Fields, of.Fields.Require("over-way"), Ways.All), of.Limits),
        ["wrong-pages"] = (of, way) => new WrongPagesCondition(of.Kernel, Known(of.Fields, way, Ways.All), of.Limits),
    };

    /// <exception cref="Sources.VariantFileException">It is none, or lacks something, or says too much.</exception>
    public static Condition Read(TomlFields fields) =>
        Read(new ConditionFields(fields, IsOpen: false)) with { Named = fields.Text("named") };

    /// <summary>One that names neither a kernel nor what must be seen there.</summary>
    /// <exception cref="Sources.VariantFileException">It is none, or lacks something, or says too much.</exception>
    public static Condition ReadOpen(TomlFields fields) => Read(new ConditionFields(fields, IsOpen: true));

    private static Condition Read(ConditionFields of)
    {
        var fields = of.Fields;
        var kind = Kinds.Keys.FirstOrDefault(fields.Has)
            ?? throw fields.Error($"a condition has one of the keys {string.Join(", ", Kinds.Keys)}.");
        var condition = Kinds[kind](of, fields.Require(kind));
        if (!of.IsOpen)
            fields.Text("named");
        fields.MustBeRead();
        return condition;
    }

    private static string Way(TomlFields fields, string key = "way", string? otherwise = null) =>
        Known(fields, fields.Text(key) ?? otherwise ?? Ways.Feature, Ways.All);

    private static WayStep Step(TomlFields fields, string way, string step) =>
        new(way, Known(fields, step, Steps.Times.Select(known => known.Name).Append(WayStep.Whole)));

    private static string Known(TomlFields fields, string word, IEnumerable<string> words) => words.Contains(word, StringComparer.Ordinal)
        ? word
        : throw fields.Error($"'{word}' is none of {string.Join(", ", words)}.");
}
