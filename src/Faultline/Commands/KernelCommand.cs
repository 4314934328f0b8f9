using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Docker;
using Faultline.Harness.Kernels;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline kernel build</c>: series and source in, bzImage, config and uapi headers out.</summary>
internal static class KernelCommand
{
    private static readonly Option<bool> Force = new("--force") { Description = "build again although nothing changed" };

    public static Command Create()
    {
        var build = new Command("build", "build kernels, each into its own folder of artifacts/kernels; base when no variant is named")
        {
            CommonOptions.Variant, CommonOptions.Patches, CommonOptions.Tree, CommonOptions.Config, Force, Bisection.OfBuilds, CommonOptions.Json,
        };
        build.SetAction(BuildAsync);
        build.With(
            "faultline kernel build --variant wp-unpopulated",
            "faultline kernel build --variant wp-zeropage --config debug",
            "faultline kernel build --tree ~/src/linux",
            "git bisect run faultline kernel build --bisect --root ~/faultline --tree .",
            "faultline kernel build --json | jq -r '.kernels[].bzImage'");
        return new Command("kernel", "build kernels, check series") { build, KernelCheckCommand.Create() };
    }

    private static async Task<int> BuildAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed);
        var kernels = selection.Named.Count > 0 ? selection.Named : [selection.Control];
        var json = parsed.GetValue(CommonOptions.Json);
        using var checkoutLock = await CheckoutLock.TakeAsync(selection.Checkout, json, cancellation);
        var done = await ProgressDisplay.RunAsync(json, async progress =>
        {
            using var engine = new LazyEngine();
            using var preparation = new Preparation(selection.Checkout, engine, cancellation);
            var built = new List<BuiltKernel>();
            foreach (var kernel in kernels)
            {
                built.Add(await preparation.BuildAsync(selection.Request(kernel) with { Force = parsed.GetValue(Force) }, progress));
                if (!json)
                    Consoles.Out.WriteLine(built[^1].BzImage);
            }

            return built;
        });
        if (json)
            Console.Out.Write(JsonResults.Of(done));
        return ExitCodes.Ok;
    }
}
