using Faultline.AbiModel;
using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator.Tests;

/// <summary>Which edits of a model make the generator work. <see cref="GeneratorRun"/> itself demands that no edit makes none.</summary>
public sealed class CachingTests
{
    [Fact]
    public void Moved_lines_emit_nothing_anew()
    {
        var run = GeneratorRun.Of(new ModelFile(Repository.Variant("upstream")));
        var moved = AbiFile.Parse(Repository.Variant("upstream"));
        moved = moved with { Locations = moved.Locations.Select(location => location with { At = location.At + "0" }).ToEquatableArray() };
        var again = run.Again(new ModelFile(AbiFile.Format(moved)));
        Assert.Equal(IncrementalStepRunReason.Modified, Reason(again, TrackingNames.ParsedModels));
        Assert.Equal(IncrementalStepRunReason.Unchanged, Reason(again, TrackingNames.EmittableModels));
        Assert.All(again.Results.Single().GeneratedSources, source => Assert.Contains(run.Result.Results.Single().GeneratedSources, old => old.SourceText == source.SourceText));
    }

    [Fact]
    public void Another_model_is_left_alone()
    {
        var other = new ModelFile(Repository.Variant("base"), "Other.Abi", Path: "other.abi.json");
        var run = GeneratorRun.Of(new ModelFile(Repository.Fixture("records")), other);
        var again = run.Again(new ModelFile(Repository.Fixture("macros")), other);
        var reasons = again.Results.Single().TrackedSteps[TrackingNames.EmittableModels].SelectMany(step => step.Outputs)
            .ToDictionary(output => output.Value.ToString()!.Contains("Other.Abi", StringComparison.Ordinal) ? "other" : "edited", output => output.Reason);
        Assert.Equal(IncrementalStepRunReason.Modified, reasons["edited"]);
        Assert.True(reasons["other"] is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged);
    }

    private static IncrementalStepRunReason Reason(GeneratorDriverRunResult result, string step) =>
        Assert.Single(Assert.Single(result.Results.Single().TrackedSteps[step]).Outputs).Reason;
}
