using Faultline.Cli.Runs;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Tests.Runs;

public class PrebuiltPlanTests
{
    [Theory]
    [InlineData("6.1", "base")]
    [InlineData("5.15", "base")]
    [InlineData("6.6", "upstream")]
    [InlineData("6.12", "upstream")]
    [InlineData("7.3", "upstream")]
    [InlineData(null, "upstream")]
    public void The_profile_is_the_one_that_fits_the_version(string? version, string profile) =>
        Assert.Equal(profile, PrebuiltPlan.ProfileOf(version is null ? null : Version.Parse(version), Selection()).Name);

    [Fact]
    public void A_variant_that_is_named_is_taken() =>
        Assert.Equal("wp-zeropage", PrebuiltPlan.ProfileOf(new Version(6, 12), Selection("wp-zeropage")).Name);

    private static Selection Selection(params string[] named)
    {
        var checkout = new Harness.Checkout(Command.Root);
        var catalog = VariantCatalog.Load(checkout.LinuxPatch);
        return new Selection
        {
            Checkout = checkout, Catalog = catalog, Named = [.. named.Select(catalog.Get)], Tree = null, Fragments = [],
        };
    }
}
