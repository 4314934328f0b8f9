using System.Text.RegularExpressions;
using Faultline.Harness.Identity;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Identity;

/// <summary>Two kernels that are not the same have nothing in common, and a variant as it is keeps its plain name.</summary>
public sealed class KernelIdTests
{
    private static readonly KernelSource Debian = new KernelSource.Debian("6.1");
    private static readonly KernelSource Tree = new KernelSource.Tree("/home/me/linux");
    private static readonly KernelFlavour Debug = KernelFlavour.Of(["/checkout/linux-patch/kconfig/debug.config"], "/checkout");
    private static readonly Architecture Other = Architecture.X86 with { Name = "aarch64", KernelArch = "arm64" };

    private static KernelId Base { get; } = new("base", Debian, Architecture.X86, KernelFlavour.Plain);

    [Fact]
    public void A_variant_as_it_is_has_its_own_name() => Assert.Equal(("base", "base"), (Base.Name, Base.NameInSource));

    [Fact]
    public void A_kernel_that_is_not_as_its_variant_says_what_it_is()
    {
        Assert.Matches("^base\\.debug-[0-9a-f]{8}$", (Base with { Flavour = Debug }).Name);
        Assert.Matches("^base-linux-[0-9a-f]{8}$", (Base with { Source = Tree }).Name);
        Assert.Equal("base.aarch64", (Base with { Architecture = Other }).Name);
        Assert.Matches(
            "^base\\.aarch64\\.debug-[0-9a-f]{8}-linux-[0-9a-f]{8}$", new KernelId("base", Tree, Other, Debug).Name);
    }

    /// <summary>The volume is the source's already: a tree that moved to a name of its own would be compiled anew.</summary>
    [Fact]
    public void In_the_volume_of_its_source_a_kernel_does_not_name_the_source() => Assert.Equal(
        (Base with { Flavour = Debug }).NameInSource, (Base with { Source = Tree, Flavour = Debug }).NameInSource);

    [Fact]
    public void No_two_kernels_share_a_name_and_every_name_is_good_for_a_file_and_a_container()
    {
        KernelSource[] sources = [Debian, Tree, new KernelSource.Tree("/home/you/linux"), new KernelSource.Tree("/home/me/linux (copy)")];
        KernelFlavour[] flavours =
        [
            KernelFlavour.Plain, Debug, KernelFlavour.Of(["/home/me/debug.config"], "/checkout"),
            KernelFlavour.Of(["/home/me/a.config", "/home/me/b.config"], "/checkout"),
            KernelFlavour.Of(["/home/me/b.config", "/home/me/a.config"], "/checkout"),
            KernelFlavour.Of(["/home/me/müll + co.config"], "/checkout"), KernelFlavour.Of(["/home/me/.config"], "/checkout"),
            KernelFlavour.Of([$"/home/me/{new string('x', 200)}.config"], "/checkout"),
        ];
        var names = (from variant in (string[])["base", "wp-zeropage"]
                     from source in sources
                     from architecture in (Architecture[])[Architecture.X86, Other]
                     from flavour in flavours
                     select new KernelId(variant, source, architecture, flavour).Name).ToList();
        Assert.Distinct(names);
        Assert.All(names, name => Assert.Matches(new Regex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,120}$"), name));
    }

    [Fact]
    public void A_fragment_of_the_checkout_is_the_same_one_in_every_checkout()
    {
        Assert.Equal(Debug, KernelFlavour.Of(["/elsewhere/linux-patch/kconfig/debug.config"], "/elsewhere/"));
        Assert.NotEqual(Debug, KernelFlavour.Of(["/checkout-2/linux-patch/kconfig/debug.config"], "/checkout"));
        Assert.Same(KernelFlavour.Plain, KernelFlavour.Of([], "/checkout"));
    }
}
