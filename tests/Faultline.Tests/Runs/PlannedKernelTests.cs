using Faultline.Cli.Runs;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Tests.Runs;

/// <summary>What stands for a kernel before it is built.</summary>
public sealed class PlannedKernelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("base", "base")]
    [InlineData("upstream", "upstream")]
    [InlineData("wp-pmd-marker", "wp-pmd-marker")]
    [InlineData("wp-zeropage-no-zeropage", "wp-zeropage")]
    [InlineData("wp-unpopulated-no-zeropage", "wp-unpopulated")]
    [InlineData("fresh", "base")]
    public void A_variant_without_a_model_has_that_of_what_it_stands_on(string variant, string folder)
    {
        var fresh = Directory.CreateDirectory(Path.Combine(_folder, "fresh")).FullName;
        File.WriteAllText(Path.Combine(fresh, "variant.toml"), """
            name = "fresh"
            title = "One patch, and nothing promised"
            role = "variant"
            source = "debian:6.1"
            tag = "-fresh"
            inherits = "base"
            """);
        File.WriteAllText(Path.Combine(fresh, "0001-a.patch"), "Subject: a\n\ndiff --git a/x b/x\n");
        var patches = Path.Combine(Command.Root, "linux-patch");
        var selection = new Selection
        {
            Checkout = new Harness.Checkout(Command.Root),
            Catalog = VariantCatalog.Load([patches, Path.Combine(patches, "knobs"), _folder]),
            Named = [],
            Tree = null,
            Fragments = [],
        };
        Assert.Equal(
            Path.Combine(patches, folder, "userfaultfd.abi.json"),
            PlannedKernel.Of(selection.Catalog.Get(variant), selection).CommittedModel);
    }
}
