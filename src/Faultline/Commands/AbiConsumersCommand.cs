using System.CommandLine;
using Faultline.AbiConsumers;
using Faultline.AbiConsumers.Reports;
using Faultline.AbiSources;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline abi consumers</c>: what a binding or program lacks of a header, and where it contradicts it.</summary>
internal static class AbiConsumersCommand
{
    private static readonly Argument<DirectoryInfo> Folder = new("DIR") { Description = $"sources of the consumer: {ConsumerScan.Languages}" };

    private static readonly Option<string> Against = new("--against")
    {
        Description = $"the header's ABI: {string.Join(", ", AbiSource.WhatStandsAlone)}", HelpName = "HEADER", Required = true,
    };

    private static readonly Option<string?> Tree = new("--tree") { Description = "git checkout of the kernel, when --against is a revision of it", HelpName = "DIR" };

    private static readonly Option<string> Header = new("--header")
    {
        Description = "which header, as programs include it, when --against holds many", HelpName = "NAME", DefaultValueFactory = _ => SideRequest.DefaultHeader,
    };

    private static readonly Option<string[]> Include = new("--include", "-I") { Description = "where the header finds <linux/types.h>; repeatable", HelpName = "DIR" };

    private static readonly Option<string?> Target = new("--target") { Description = "target triple of the header (default: this machine's); files for other machines are not compared", HelpName = "TRIPLE" };

    private static readonly Option<string> Format = new("--format") { Description = "how to write it", HelpName = "text|json|markdown", DefaultValueFactory = _ => "text" };

    private static readonly Option<FileInfo?> Output = new("--output", "-o") { Description = "file to write instead of standard output", HelpName = "FILE" };

    private static readonly Option<string> FailOn = new("--fail-on")
    {
        Description = "exit 3 when a name is defined with another value, or also when one is missing", HelpName = "missing|different|never", DefaultValueFactory = _ => "different",
    };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong("text", "json", "markdown");
        FailOn.AcceptOnlyFromAmong("missing", "different", "never");
        var command = new Command("consumers", "what a consumer's source lacks of a header, or defines with another value (docs/abi-consumers.md)")
        {
            Folder, Against, Tree, Header, Target, Include, Format, Output, FailOn,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline abi consumers ~/userfaultfd-rs --against /usr/include/linux/userfaultfd.h",
            "faultline abi consumers vendor/golang.org/x/sys --against /usr/include --header linux/kvm.h --format markdown",
            "faultline abi consumers ~/qemu --against v6.12 --tree ~/linux --fail-on missing");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(Folder);
        if (!folder.Exists)
            throw new UsageException($"{folder}: no such directory; name the sources of a consumer.");
        var against = new SideRequest(parsed.GetRequiredValue(Against))
        {
            Tree = parsed.GetValue(Tree), Header = parsed.GetRequiredValue(Header), Target = parsed.GetValue(Target), IncludeDirectories = parsed.GetValue(Include) ?? [],
        };
        if (AbiSource.NeedsNames(against))
            throw new UsageException($"--against {against.Name} has types or numbers, but not the names that sources use; name {string.Join(", or ", AbiSource.WhatStandsAlone)}.");
        var side = await AbiSource.LoadAsync(against, cancellation);
        var report = ConsumerScan.Run(folder.FullName, side.Spec, cancellation) with { Folder = folder.ToString() };
        if (report.Files.Count == 0)
        {
            throw new UsageException(report.Unread.Count == 0
                ? $"{folder} holds no source in a language that is known; these are read: {ConsumerScan.Languages}."
                : $"{folder} holds {string.Join("; ", report.Unread)}. Nothing was compared: these are read: {ConsumerScan.Languages}.");
        }

        Results.Write(
            parsed.GetValue(Format) switch
            {
                "json" => ConsumerJson.Write(report),
                "markdown" => ConsumerMarkdown.Write(report),
                _ => ConsumerText.Write(report),
            },
            parsed.GetValue(Output));
        var over = parsed.GetValue(FailOn) switch
        {
            "missing" => report.Missing.Any() || report.Different.Any(),
            "different" => report.Different.Any(),
            _ => false,
        };
        return over ? ExitCodes.AbiDrift : ExitCodes.Ok;
    }
}
