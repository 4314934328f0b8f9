using System.CommandLine;
using Faultline.AbiExtractor;
using Faultline.AbiModel;
using Faultline.Cli.Pipeline;
using Faultline.Cli.Terminal;
using Faultline.Harness.Kernels;
using Spectre.Console;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline abi …</c>: models of uapi headers.</summary>
internal static class AbiCommand
{
    private static readonly Argument<FileInfo> Header = new("HEADER") { Description = "uapi header, best one installed by 'make headers_install'" };

    private static readonly Option<string?> Target = new("--target") { Description = "target triple (default: this machine's)", HelpName = "TRIPLE" };

    private static readonly Option<string[]> Include = new("--include", "-I") { Description = "where <linux/types.h> is found; repeatable", HelpName = "DIR" };

    private static readonly Option<FileInfo?> Output = new("--output", "-o") { Description = "file to write instead of standard output", HelpName = "FILE" };

    public static Command Create()
    {
        var extract = new Command("extract", "print the ABI model of a uapi header") { Header, Target, Include, Output };
        extract.SetAction(Extract);
        extract.With(
            "faultline abi extract /usr/include/linux/userfaultfd.h",
            "faultline abi extract usr/include/linux/kvm.h --target aarch64-linux-gnu -o kvm.abi.json");

        var refresh = new Command("refresh", "re-extract linux-patch/*/userfaultfd.abi.json from the patched trees")
        {
            CommonOptions.Variant, CommonOptions.Patches, CommonOptions.Json,
        };
        refresh.SetAction(RefreshAsync);
        refresh.With("faultline abi refresh", "faultline abi refresh --variant wp-zeropage");
        return new Command("abi", "extract, compare and refresh ABI models") { extract, AbiDiffCommand.Create(), refresh };
    }

    private static int Extract(ParseResult parsed)
    {
        var header = parsed.GetRequiredValue(Header);
        if (!header.Exists)
            throw new UsageException($"{header}: no such header.");
        var spec = HeaderExtractor.Extract(new HeaderRequest
        {
            Path = header.FullName,
            Target = parsed.GetValue(Target),
            IncludeDirectories = parsed.GetValue(Include) ?? [],
        });
        var text = AbiFile.Format(spec);
        if (parsed.GetValue(Output) is { } output)
            AtomicFile.Write(output.FullName, text);
        else
            Console.Out.Write(text);
        return ExitCodes.Ok;
    }

    private static async Task<int> RefreshAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = Selection.From(parsed);
        var kernels = selection.Named.Count > 0 ? selection.Named : [.. selection.Catalog.Variants];
        return await ProgressDisplay.RunAsync(parsed.GetValue(CommonOptions.Json), async progress =>
        {
            using var engine = new LazyEngine();
            var builder = new KernelBuilder(selection.Workspace.Layout, engine.ConnectAsync);
            foreach (var kernel in kernels)
            {
                var built = await builder.BuildAsync(selection.Request(kernel), progress, cancellation);
                var model = Path.Combine(kernel.Folder, KernelAbi.FileName);
                var text = AbiFile.Format(KernelAbi.Extract(built));
                var stale = !File.Exists(model) || File.ReadAllText(model) != text;
                if (stale)
                    AtomicFile.Write(model, text);
                Consoles.Out.WriteLine($"{Path.GetRelativePath(selection.Workspace.Root, model)}: {(stale ? "refreshed" : "up to date")}");
            }

            return ExitCodes.Ok;
        });
    }
}
