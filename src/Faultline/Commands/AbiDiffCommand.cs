using System.CommandLine;
using Faultline.AbiDiff;
using Faultline.AbiDiff.Reports;
using Faultline.AbiModel;
using Faultline.AbiSources;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline abi diff</c>: what changed between two headers or models, in kinds that a CI job can act on.</summary>
internal static class AbiDiffCommand
{
    private static readonly Argument<string> Old = new("OLD") { Description = "header, .abi.json, or folder of installed headers (linux/userfaultfd.h is taken from it)" };

    private static readonly Argument<string> New = new("NEW") { Description = "the same, for the newer side" };

    private static readonly Option<string> Format = new("--format")
    {
        Description = "how to print it", HelpName = "text|json|markdown", DefaultValueFactory = _ => "text",
    };

    private static readonly Option<string> FailOn = new("--fail-on")
    {
        Description = "exit 3 when a change is at least this severe", HelpName = "breaking|risky|any|never", DefaultValueFactory = _ => "breaking",
    };

    private static readonly Option<FileInfo?> Accepted = new("--baseline") { Description = "file of accepted changes, each with its reason (docs/abi-drift.md)", HelpName = "FILE" };

    private static readonly Option<string?> Target = new("--target") { Description = "target triple of headers (default: this machine's)", HelpName = "TRIPLE" };

    private static readonly Option<string[]> Include = new("--include", "-I") { Description = "where headers find <linux/types.h>; repeatable", HelpName = "DIR" };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong("text", "json", "markdown");
        FailOn.AcceptOnlyFromAmong("breaking", "risky", "any", "never");
        var command = new Command("diff", "compare two ABIs; every kind of change is explained in docs/abi-drift.md")
        {
            Old, New, Format, FailOn, Accepted, Target, Include,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline abi diff linux-patch/base/userfaultfd.abi.json linux-patch/upstream/userfaultfd.abi.json",
            "faultline abi diff artifacts/kernels/base artifacts/kernels/wp-zeropage --fail-on any",
            "faultline abi diff old/userfaultfd.h new/userfaultfd.h --format markdown");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (old, current) = (parsed.GetRequiredValue(Old), parsed.GetRequiredValue(New));
        var baseline = parsed.GetValue(Accepted) is { } file ? Baseline.Parse(ReadBaseline(file)) : null;
        var report = DriftReport.Of(await LoadAsync(parsed, old, cancellation), await LoadAsync(parsed, current, cancellation), baseline);
        Console.Out.Write(parsed.GetValue(Format) switch
        {
            "json" => JsonWriters.Json(report),
            "markdown" => TextWriters.Markdown(report),
            _ => TextWriters.Text(report),
        });
        Severity? bar = parsed.GetValue(FailOn) switch
        {
            "never" => null,
            "any" => Severity.Compatible,
            "risky" => Severity.Risky,
            _ => Severity.Breaking,
        };
        return report.IsOver(bar) ? ExitCodes.AbiDrift : ExitCodes.Ok;
    }

    private static Task<AbiSide> LoadAsync(ParseResult parsed, string name, CancellationToken cancellation) => AbiSource.LoadAsync(
        new(name) { Target = parsed.GetValue(Target), IncludeDirectories = parsed.GetValue(Include) ?? [] }, cancellation);

    private static string ReadBaseline(FileInfo file) =>
        file.Exists ? File.ReadAllText(file.FullName) : throw new UsageException($"--baseline {file}: no such file.");
}
