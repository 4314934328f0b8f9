using System.CommandLine;
using System.Reflection;
using Faultline.AbiConsumers;
using Faultline.AbiConsumers.Hazards;
using Faultline.AbiConsumers.Hazards.Reports;
using Faultline.AbiConsumers.Reports;
using Faultline.AbiSources;
using Faultline.Cli.Terminal;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline abi consumers</c>: what a binding or program lacks of a header, where it contradicts it, and where it misuses
/// userfaultfd.</summary>
internal static class AbiConsumersCommand
{
    private static readonly Argument<DirectoryInfo> Folder = new("DIR") {
        Description = $"sources of the consumer: {ConsumerScan.Languages}" };

    private static readonly Option<string?> Against = new("--against")
    {
        Description = $"the header's ABI: {string.Join(", ", AbiSource.WhatStandsAlone)}", HelpName = "HEADER",
    };

    private static readonly Option<bool> Hazards = new("--hazards") {
        Description = "in place of a comparison: look for known misuses of userfaultfd (docs/abi-hazards.md)" };

    private static readonly Option<string> Header = new("--header")
    {
        Description = "which header, as programs include it, when --against holds many", HelpName = "NAME", DefaultValueFactory = _ =>
            SideRequest.DefaultHeader,
    };

    private static readonly Option<string?> Target = new("--target") {
        Description = "target triple of the header (default: this machine's); files for other machines are not compared",
        HelpName = "TRIPLE" };

    private static readonly Option<string> Format = new("--format")
    {
        Description = "how to write it; sarif with --hazards", HelpName = "text|json|markdown|sarif", DefaultValueFactory = _ => "text",
    };

    private static readonly Option<FileInfo?> Output = new("--output", "-o") { Description = "file to write instead of standard output",
        HelpName = "FILE" };

    private static readonly Option<string> FailOn = new("--fail-on")
    {
        Description = "exit 3 when a name is defined with another value (default), or also when one is missing; with --hazards when "
            + "a finding is at least that sure (default: likely)",
        HelpName = "different|missing|certain|likely|possible|never",
    };

    private static readonly Option<string[]> Ignore = new("--ignore-kind") {
        Description = "with --hazards: leave out a kind of finding; repeatable", HelpName = "KIND" };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong("text", "json", "markdown", "sarif");
        FailOn.AcceptOnlyFromAmong("missing", "different", "certain", "likely", "possible", "never");
        Ignore.AcceptOnlyFromAmong([.. HazardKind.All.Select(kind => kind.Id)]);
        var command = new Command("consumers",
            "what a consumer's source lacks of a header, defines with another value, or does wrong (docs/abi-consumers.md)")
        {
            Folder, Against, Hazards, Header, Target, HeaderOptions.Include, HeaderOptions.Define, HeaderOptions.Prelude, Format,
                Output, FailOn, Ignore,
        };
        CommonOptions.Git.AddTo(command);
        command.SetAction(RunAsync);
        return command.With(
            "faultline abi consumers ~/userfaultfd-rs --against /usr/include/linux/userfaultfd.h",
            "faultline abi consumers vendor/golang.org/x/sys --against /usr/include --header linux/kvm.h --format markdown",
            "faultline abi consumers ~/qemu --against v6.12 --git ~/linux --fail-on missing",
            "faultline abi consumers ~/qemu --hazards",
            "faultline abi consumers . --hazards --fail-on possible --ignore-kind typed-number --format sarif -o hazards.sarif");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(Folder);
        if (File.Exists(folder.FullName))
            throw new UsageException($"{folder} is a file; name the directory that holds the sources of a consumer.");
        if (!folder.Exists)
            throw new UsageException($"{folder}: no such directory; name the sources of a consumer.");
        var hazards = parsed.GetValue(Hazards);
        if (hazards == parsed.GetValue(Against) is not null)
            throw new UsageException(hazards ? "--hazards knows the header of userfaultfd itself; leave --against out."
                : "name a header with --against, or ask for --hazards.");
        return await (hazards ? FindHazardsAsync(folder, parsed, cancellation) : CompareAsync(folder, parsed, cancellation));
    }

    private static async Task<int> FindHazardsAsync(DirectoryInfo folder, ParseResult parsed, CancellationToken cancellation)
    {
        var failOn = parsed.GetValue(FailOn) ?? "likely";
        if (failOn is "missing" or "different")
            throw new UsageException($"--fail-on {failOn} is for a comparison; with --hazards it takes certain, likely, possible or "
                + $"never.");
        var ignored = parsed.GetValue(Ignore) ?? [];
        var report = await CurrentWork.ShowAsync(
            $"reading {folder}", progress => Task.FromResult(HazardScan.Run(folder.FullName, cancellation, progress)));
        report = report with
        {
            Folder = folder.ToString(), Hazards = [.. report.Hazards.Where(hazard => !ignored.Contains(hazard.Kind.Id))],
        };
        if (report.Files == 0)
            throw NothingRead(folder, report.Unread);

        OutputFile.Write(
            parsed.GetValue(Format) switch
            {
                "json" => HazardJson.Write(report),
                "markdown" => HazardMarkdown.Write(report),
                "sarif" => HazardSarif.Write(report, Version),
                _ => HazardText.Write(report),
            },
            parsed.GetValue(Output));
        if (failOn == "never")
            return ExitCodes.Ok;
        if (report.Hazards.Any(hazard => hazard.Sure >= Enum.Parse<Sureness>(failOn, ignoreCase: true)))
            return ExitCodes.AbiDrift;
        return report.Requests == 0 && report.Hazards.Count == 0 ? ExitCodes.Vacuous : ExitCodes.Ok;
    }

    private static async Task<int> CompareAsync(DirectoryInfo folder, ParseResult parsed, CancellationToken cancellation)
    {
        var failOn = parsed.GetValue(FailOn) ?? "different";
        if (failOn is "certain" or "likely" or "possible")
            throw new UsageException($"--fail-on {failOn} is for --hazards; a comparison takes different, missing or never.");
        if (parsed.GetValue(Format) == "sarif" || parsed.GetValue(Ignore) is { Length: > 0 })
            throw new UsageException("--format sarif and --ignore-kind are for --hazards.");
        var against = new SideRequest(parsed.GetValue(Against)!)
        {
            Tree = CommonOptions.Git.Of(parsed), Header = parsed.GetRequiredValue(Header), Target = parsed.GetValue(Target),
                IncludeDirectories = parsed.GetValue(HeaderOptions.Include) ?? [],
                Defines = parsed.GetValue(HeaderOptions.Define) ?? [],
                Preludes = parsed.GetValue(HeaderOptions.Prelude) ?? [],
        };
        if (AbiSource.NeedsNames(against))
            throw new UsageException($"--against {against.Name} has types or numbers, but not the names that sources use; name "
                + $"{string.Join(", or ", AbiSource.WhatStandsAlone)}.");
        var report = await CurrentWork.ShowAsync($"reading {against.Name}", async progress =>
        {
            var side = await AbiSource.LoadAsync(against with { Progress = progress }, cancellation);
            return ConsumerScan.Run(folder.FullName, side.Spec, cancellation, progress) with { Folder = folder.ToString() };
        });
        if (report.Files.Count == 0)
            throw NothingRead(folder, report.Unread);

        OutputFile.Write(
            parsed.GetValue(Format) switch
            {
                "json" => ConsumerJson.Write(report),
                "markdown" => ConsumerMarkdown.Write(report),
                _ => ConsumerText.Write(report),
            },
            parsed.GetValue(Output));
        var over = failOn switch
        {
            "missing" => report.Missing.Any() || report.Different.Any(),
            "different" => report.Different.Any(),
            _ => false,
        };
        return over ? ExitCodes.AbiDrift : ExitCodes.Ok;
    }

    private static UsageException NothingRead(DirectoryInfo folder, IReadOnlyList<UnreadFiles> unread) => new(unread.Count == 0
        ? $"{folder} holds no source in a language that is known; these are read: {ConsumerScan.Languages}."
        : $"{folder} holds {string.Join("; ", unread)}. Nothing was compared: these are read: {ConsumerScan.Languages}.");

    private static string Version => typeof(AbiConsumersCommand)
        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
