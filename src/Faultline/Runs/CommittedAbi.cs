using Faultline.AbiDiff.Reports;
using Faultline.AbiModel;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>
/// What is committed next to a series about its ABI: the model, and the drift from the control's model. Both are
/// derived, and checked on every run.
/// </summary>
/// <param name="Folder">The variant's folder.</param>
/// <param name="Control">The control's folder; null for the control itself, which drifts from nothing.</param>
/// <param name="Remedy">What to tell when one of them is not right.</param>
internal sealed record CommittedAbi(string Folder, string? Control, ModelRemedy Remedy)
{
    public const string ModelName = "userfaultfd.abi.json";

    public const string DriftName = "abi-drift.md";

    public string Model => Path.Combine(Folder, ModelName);

    public string Drift => Path.Combine(Folder, DriftName);

    public static CommittedAbi Of(Variant variant, Selection selection) =>
        new(variant.Folder, variant.Control is { } control ? selection.Catalog.Get(control).Folder : null,
            ModelRemedy.Of(variant, selection));

    /// <summary>Compares what is committed with the model of the built tree.</summary>
    /// <param name="model">The text of that model.</param>
    /// <param name="modelPath">Where a reader finds it.</param>
    /// <returns>What differs and what to do; null when all is up to date, or when nothing is committed.</returns>
    public string? Stale(string model, string modelPath)
    {
        if (!File.Exists(Model))
            return null;
        if (File.ReadAllText(Model) != model)
            return Remedy.ForModel(Model, modelPath);
        if (DriftText(model) is not { } drift)
            return null;
        if (!File.Exists(Drift))
            return $"{Drift} is missing: the drift of the series from the control is committed next to it; {Remedy.Refresh}.";
        return File.ReadAllText(Drift) == drift ? null
            : $"{Drift} is stale: it is not what {Model} says against the control's model; {Remedy.Refresh}.";
    }

    /// <summary>Writes the model; one that is the same already keeps its time stamp. True when it was changed.</summary>
    public bool WriteModel(string model) => WriteChanged(Model, model);

    /// <summary>
    /// Rewrites the drift from the committed models. True when it was changed; false also when there is nothing to
    /// compare with.
    /// </summary>
    public bool WriteDrift() => File.Exists(Model) && DriftText(File.ReadAllText(Model)) is { } drift && WriteChanged(Drift, drift);

    private string? DriftText(string model)
    {
        if (Control is null)
            return null;
        var control = Path.Combine(Control, ModelName);
        if (!File.Exists(control))
            return null;
        var old = new AbiSide(Path.GetFileName(Control), Read(control, File.ReadAllText(control)));
        var current = new AbiSide(Path.GetFileName(Folder), Read(Model, model));
        return $"<!-- Written by 'faultline abi refresh'; every run checks it. -->\n\n{MarkdownReport.Write(DriftReport.Of(old, current))}";
    }

    private AbiSpec Read(string path, string text)
    {
        try
        {
            return AbiFile.Parse(text);
        }
        catch (AbiFormatException problem)
        {
            throw new UsageException(
                $"{path}:{problem.Line}:{problem.Column}: {problem.Problem}. Models are not edited by hand; {Remedy.Refresh}.");
        }
    }

    private static bool WriteChanged(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
            return false;
        OutputFile.Write(path, text);
        return true;
    }
}
