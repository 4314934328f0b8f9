using Faultline.AbiModel;
using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator.Tests;

/// <summary>Which edits of a model make the generator work. <see cref="GeneratorRun"/> itself demands that no edit makes none.</summary>
public sealed class CachingTests
{
    /// <summary>Where the documentation tells lines, a moved line is another text; who prefers cached builds leaves them out.</summary>
    [Theory]
    [InlineData("false", IncrementalStepRunReason.Cached)]
    [InlineData("true", IncrementalStepRunReason.Modified)]
    public void Moved_lines_emit_nothing_again_unless_lines_are_told(string places, IncrementalStepRunReason reason)
    {
        ModelFile Model(AbiSpec spec) => new(AbiFile.Format(spec)) { More = new Dictionary<string, string> { ["Places"] = places } };
        var before = AbiFile.Parse(Repository.Variant("upstream"));
        var run = GeneratorRun.Of(Model(before));
        var again = run.Again(Model(before with { Locations = before.Locations.Select(location => location with { At = location.At + "0" })
            .ToEquatableArray() }));
        Assert.Equal(IncrementalStepRunReason.Modified, Reason(again, TrackingNames.ParsedModels));
        Assert.Equal(reason, Reason(again, TrackingNames.EmittableModels));
    }

    [Fact]
    public void One_header_of_a_namespace_leaves_the_others_alone()
    {
        ModelFile Model(string name, string header) =>
            new(AbiFile.Format(AbiFile.Parse(Repository.Fixture(name)) with { Header = header }), Path: header + ".abi.json");
        var other = Model("macros", "macros.h");
        var run = GeneratorRun.Of(Model("records", "edited.h"), other);
        var again = run.Again(Model("ioctls", "edited.h"), other);
        var reasons = again.Results.Single().TrackedSteps[TrackingNames.EmittableModels].SelectMany(step => step.Outputs)
            .ToDictionary(output => output.Value.ToString()!.Contains("edited.h.abi.json", StringComparison.Ordinal) ? "edited"
                : "other", output => output.Reason);
        Assert.Equal(IncrementalStepRunReason.Modified, reasons["edited"]);
        Assert.True(reasons["other"] is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged);
    }

    [Fact]
    public void Another_model_is_left_alone()
    {
        var other = new ModelFile(Repository.Variant("base"), "Other.Abi", Path: "other.abi.json");
        var run = GeneratorRun.Of(new ModelFile(Repository.Fixture("records")), other);
        var again = run.Again(new ModelFile(Repository.Fixture("macros")), other);
        var reasons = again.Results.Single().TrackedSteps[TrackingNames.EmittableModels].SelectMany(step => step.Outputs)
            .ToDictionary(output => output.Value.ToString()!.Contains("Other.Abi", StringComparison.Ordinal) ? "other"
                : "edited", output => output.Reason);
        Assert.Equal(IncrementalStepRunReason.Modified, reasons["edited"]);
        Assert.True(reasons["other"] is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged);
    }

    private static IncrementalStepRunReason Reason(GeneratorDriverRunResult result, string step) =>
        Assert.Single(Assert.Single(result.Results.Single().TrackedSteps[step]).Outputs).Reason;
}
