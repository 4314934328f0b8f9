using System.CommandLine;
using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Clang;
using Faultline.AbiExtractor.Input;
using Faultline.AbiModel;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Kernels;
using Faultline.Harness.Sources;
using Faultline.Machine;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline abi …</c>: models of uapi headers.</summary>
internal static class AbiCommand
{
    private static readonly Argument<FileInfo> Header = new("HEADER") { Description = "uapi header, best one installed by 'make headers_install'" };

    private static readonly Option<string?> Target = new("--target") { Description = "target triple (default: this machine's)", HelpName = "TRIPLE" };

    private static readonly Option<FileInfo?> Output = new("--output", "-o") { Description = "file to write instead of standard output", HelpName = "FILE" };

    private static readonly Option<bool> DriftOnly = new("--drift-only") { Description = "rewrite only the drift, from the committed models: no kernel is built" };

    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "say on standard error which libclang read the header" };

    public static Command Create()
    {
        var extract = new Command("extract", "print the ABI model of a uapi header") 
        {
            Header, Target, HeaderOptions.Include, HeaderOptions.Define, HeaderOptions.Prelude, Output, Verbose,
        };
        extract.SetAction(Extract);
        extract.With(
            "faultline abi extract /usr/include/linux/userfaultfd.h",
            "faultline abi extract arm64/usr/include/linux/kvm.h --target aarch64-linux-gnu -o kvm.abi.json",
            "faultline abi extract vendor/ioctl.h --prelude linux/types.h -D VENDOR_API=3");

        var refresh = new Command("refresh", "rewrite the committed models and drift of linux-patch from the patched trees")
        {
            CommonOptions.Variant, CommonOptions.Patches, DriftOnly, CommonOptions.Json,
        };
        refresh.SetAction(RefreshAsync);
        refresh.With(
            "faultline abi refresh", "faultline abi refresh --variant wp-zeropage", "faultline abi refresh --drift-only",
            "faultline abi refresh --json | jq -r '.files[] | select(.changed).path'");
        return new Command("abi", "extract, compare, emit and refresh ABI models")
        {
            extract, AbiDiffCommand.Create(), AbiConsumersCommand.Create(), AbiEmitCommand.Create(), refresh,
        };
    }

    private static int Extract(ParseResult parsed)
    {
        var header = parsed.GetRequiredValue(Header);
        if (FileKinds.Of(header.FullName) == FileKind.Missing)
            throw new UsageException($"{header}: no such header.");
        var read = HeaderExtractor.Read(new HeaderRequest
        {
            Path = header.FullName,
            Target = parsed.GetValue(Target),
            IncludeDirectories = parsed.GetValue(HeaderOptions.Include) ?? [],
            Defines = parsed.GetValue(HeaderOptions.Define) ?? [],
            Preludes = parsed.GetValue(HeaderOptions.Prelude) ?? [],
        });
        var spec = read.Spec;
        var text = AbiFile.Format(spec);
        OutputFile.Write(text, parsed.GetValue(Output));
        if (read.BorrowedInWords is { } note)
            Consoles.Error.WriteLine($"faultline: {note}");
        if (parsed.GetValue(Verbose))
            Console.Error.WriteLine($"{spec.Header} for {spec.Target}, read by {LibclangLocator.Description}");
        return ExitCodes.Ok;
    }

    /// <summary>Makes the committed models and drift again, of the variants that are named or of all.</summary>
    public static async Task<int> RefreshAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed);
        IReadOnlyList<Variant> kernels = parsed.GetValue(DriftOnly) ? [] : selection.Named.Count > 0 ? selection.Named : selection.Catalog.Variants;
        var json = parsed.GetValue(CommonOptions.Json);
        using var checkoutLock = await CheckoutLock.TakeAsync(selection.Checkout, json, cancellation);
        var files = await ProgressDisplay.RunAsync(json, async progress =>
        {
            var refreshed = new List<RefreshedFile>();
            using var engine = new LazyEngine();
            using var preparation = new Preparation(selection.Checkout, engine, cancellation);
            foreach (var kernel in kernels)
            {
                var built = await preparation.BuildAsync(selection.Request(kernel), progress);
                var committed = CommittedAbi.Of(kernel, selection);
                Add(committed.Model, committed.WriteModel(AbiFile.Format(KernelAbi.Extract(built))));
            }

            // A refreshed control changes the drift of all; the models are at hand, so all are rewritten.
            foreach (var committed in selection.Catalog.Variants.Select(variant => CommittedAbi.Of(variant, selection)))
            {
                var changed = committed.WriteDrift();
                if (File.Exists(committed.Drift))
                    Add(committed.Drift, changed);
            }

            return refreshed;

            void Add(string path, bool changed)
            {
                var file = new RefreshedFile(Path.GetRelativePath(selection.Checkout.Root, path), changed);
                refreshed.Add(file);
                if (!json)
                    Consoles.Out.WriteLine($"{file.Path}: {(changed ? "refreshed" : "up to date")}");
            }
        });
        if (json)
            Console.Out.Write(JsonResults.Of(files));
        return ExitCodes.Ok;
    }
}
