using System.Text.Json;
using System.Text.Json.Serialization;
using Faultline.Harness;
using Faultline.Cli.Bisecting;
using Faultline.Cli.Runs;
using Faultline.Harness.Docker;
using Faultline.Harness.Kernels;
using Faultline.Harness.Prerequisites;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;

namespace Faultline.Cli.Commands;

/// <summary>What <c>--json</c> prints of commands whose result is kept in no file. All of it is described in docs/json.md.</summary>
internal static class JsonResults
{
    private static readonly JsonResultsContext Context = new(ResultJson.Options());

    /// <summary>The result of <c>kernel build</c>.</summary>
    public static string Of(IEnumerable<BuiltKernel> kernels) => JsonSerializer.Serialize(
        new BuildResult("faultline-build/1", [.. kernels.Select(KernelResult.Of)]), Context.BuildResult) + "\n";

    /// <summary>The result of <c>abi refresh</c>.</summary>
    public static string Of(IReadOnlyList<RefreshedFile> files) =>
        JsonSerializer.Serialize(new RefreshResult("faultline-refresh/1", files), Context.RefreshResult) + "\n";

    /// <summary>The result of <c>prune</c>.</summary>
    public static string Of(PruneResult removed, IReadOnlyList<string>? reports = null) => JsonSerializer.Serialize(
        new PruneAnswer(
            "faultline-prune/1", removed.DryRun, removed.Containers, [.. removed.Volumes.Select(volume => volume.Name)], removed.Images, removed.ImageBytes,
            removed.VolumesInUse, removed.ImagesInUse, removed.Volumes, reports ?? []), Context.PruneAnswer) + "\n";

    /// <summary>The result of <c>record</c> and of <c>new-variant</c>.</summary>
    public static string Of(FileChange change, RecordedRows rows, Recording recording, bool dryRun) => JsonSerializer.Serialize(
        new RecordResult(
            "faultline-record/1", dryRun, change.Path, recording.Folder,
            [.. rows.Changed.Select(row => new RecordedScenario(row.Scenario, row.Observables))], rows.LeftOut, rows.Kept),
        Context.RecordResult) + "\n";

    /// <summary>The result of <c>--list</c>.</summary>
    public static string Of(IEnumerable<ListedCell> cells) => JsonSerializer.Serialize(
        new ListResult("faultline-list/1",
            [
                .. cells.Select(cell => new ListedSuite(cell.Cell.On.Name, cell.Cell.Expectation.Failing,
                    [
                        .. cell.Tests.Select(test => new ListedTest(
                            test.Id, test.Suite, test.Row, test.Scenario, test.Title, test.Feature, test.Promise)),
                    ])),
            ]), Context.ListResult) + "\n";

    /// <summary>The result of <c>diff-runs</c>.</summary>
    public static string Of(
        string before, string after, int exitCode, IReadOnlyList<string> kernels, IEnumerable<RunDifference> differences) =>
        JsonSerializer.Serialize(
            new RunDiffResult("faultline-run-diff/1", exitCode, before, after, kernels,
                [
                    .. from difference in differences let change = difference.Change
                       select new RunDiffEntry(difference.Kind.ToString().ToLowerInvariant(), change.Kernel, change.Item, change.Before,
                           change.After, difference.IsWorse),
                ]), Context.RunDiffResult) + "\n";

    /// <summary>The result of <c>bisect</c>.</summary>
    public static string Of(BisectResult result) => JsonSerializer.Serialize(result, Context.BisectResult) + "\n";

    /// <summary>The result of <c>doctor</c>.</summary>
    public static string Of(Prerequisite[] found) => JsonSerializer.Serialize(found, Context.PrerequisiteArray) + "\n";
}

/// <summary>A committed file that was made again.</summary>
/// <param name="Path">Below the checkout.</param>
/// <param name="Changed">Whether it said something else before.</param>
internal sealed record RefreshedFile(string Path, bool Changed);

internal sealed record BuildResult(string Schema, IReadOnlyList<KernelResult> Kernels);

internal sealed record KernelResult(
    string Name, string Id, string Variant, string Architecture, string? Flavour,
    string Release, string SourceVersion, bool Cached, string Folder, string BzImage, string Vmlinux, string Config, string UapiHeader,
    IReadOnlyList<PhaseSummary> Phases)
{
    public static KernelResult Of(BuiltKernel kernel) => new(
        kernel.Name, kernel.Id.Name, kernel.Id.Variant, kernel.Id.Architecture.Name,
        kernel.Id.Flavour.IsPlain ? null : kernel.Id.Flavour.Name, kernel.Release, kernel.SourceVersion, kernel.Cached, kernel.Folder,
        kernel.BzImage, kernel.Vmlinux, kernel.Config, kernel.UapiHeader,
        [.. kernel.Phases.Select(PhaseSummary.Of)]);
}

internal sealed record RefreshResult(string Schema, IReadOnlyList<RefreshedFile> Files);

internal sealed record PruneAnswer(
    string Schema, bool DryRun, IReadOnlyList<string> Containers, IReadOnlyList<string> Volumes, IReadOnlyList<string> Images, long ImageBytes,
    IReadOnlyList<string> VolumesInUse, IReadOnlyList<string> ImagesInUse, IReadOnlyList<VolumeFacts> VolumeFacts,
    IReadOnlyList<string> Reports);

[JsonSerializable(typeof(BuildResult))]
[JsonSerializable(typeof(BisectResult))]
[JsonSerializable(typeof(RefreshResult))]
[JsonSerializable(typeof(ListResult))]
[JsonSerializable(typeof(RecordResult))]
[JsonSerializable(typeof(RunDiffResult))]
[JsonSerializable(typeof(PruneAnswer))]
[JsonSerializable(typeof(Prerequisite[]))]
internal sealed partial class JsonResultsContext : JsonSerializerContext;
