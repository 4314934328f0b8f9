using System.Text.Json;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Sources;

public class VariantCatalogTests
{
    private const string Control = """
        name = "base"
        title = "The control"
        role = "control"
        source = "debian:6.1"
        tag = "-base"

        [expect.R12]
        event = "none"
        pagemap = "A"

        [expect.R13]
        event = "none"
        """;

    private const string Child = """
        name = "child"   # the folder's name
        title = "A variant"
        role = "variant"
        source = "debian:6.1"
        tag = "-child"
        feature = "UFFD_FEATURE_X"
        feature-bit = 13
        inherits = "base"

        [expect.R12]
        event = "wp|write"
        """;

    private static VariantCatalog Load(TemporaryFolder folder, params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
            folder.Write($"{name}/variant.toml", text);
        return VariantCatalog.Load(folder.Path);
    }

    [Fact]
    public void A_folder_without_a_variant_is_refused_for_whoever_named_it_has_patches_there()
    {
        using var folder = new TemporaryFolder();
        folder.Write("0001-x.patch", "x");
        var none = Assert.Throws<KernelSourceException>(() => VariantCatalog.Load(folder.Path));
        Assert.Contains("holds no variant", none.Message, StringComparison.Ordinal);
        folder.Write("variant.toml", Control);
        var itself = Assert.Throws<KernelSourceException>(() => VariantCatalog.Load(folder.Path));
        Assert.Contains("is itself the folder of a variant", itself.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_with_patches_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("base/0001-x.patch", "x");
        var failure = Assert.Throws<VariantFileException>(() => Load(folder, ("base", Control)));
        Assert.Contains("0001-x.patch lies in its folder", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_listed_is_inherited_and_the_control_is_the_baseline()
    {
        using var folder = new TemporaryFolder();
        var grandchild = Child.Replace("child", "grandchild", StringComparison.Ordinal).Replace("\"base\"", "\"child\"", StringComparison.Ordinal)
            .Replace("[expect.R12]\nevent = \"wp|write\"", "[expect.N1]\nseen = \"yes\"", StringComparison.Ordinal);
        var variant = Load(folder, ("base", Control), ("child", Child), ("grandchild", grandchild)).Get("grandchild");
        Assert.Equal(["N1", "R12", "R13"], variant.Expect.Keys);
        // A scenario is taken whole: the child's R12 lists no pagemap, so none is expected.
        Assert.Equal(["event"], variant.Expect["R12"].Observables.Keys);
        Assert.Equal("wp|write", variant.Expect["R12"].Observables["event"]);
        Assert.Equal("base", variant.Control);
        Assert.Equal("A", variant.ControlExpect!["R12"].Observables["pagemap"]);
        Assert.Equal(new KernelSource.Debian("6.1"), variant.Base);
        Assert.Equal(13, variant.FeatureBit);
    }

    /// <summary>A series that only mends something has no feature bit; its promises are held against the control all the same.</summary>
    [Theory]
    [InlineData("[expect.R12]\nevent = \"wp|write\"", true)]
    [InlineData("[expect.R12]\npagemap = \"A\"\nevent = \"none\"", false)]
    [InlineData("", false)]
    public void Without_a_feature_what_differs_from_the_control_is_a_promise(string expect, bool promises)
    {
        using var folder = new TemporaryFolder();
        var child = Child.Replace("feature = \"UFFD_FEATURE_X\"\nfeature-bit = 13\n", "", StringComparison.Ordinal)
            .Replace("[expect.R12]\nevent = \"wp|write\"", expect, StringComparison.Ordinal);
        var other = Child.Replace("child", "other", StringComparison.Ordinal);
        var catalog = Load(folder, ("base", Control), ("child", child), ("other", other));
        Assert.Equal(promises, catalog.Get("child").HasPromises);
        Assert.True(catalog.Get("other").HasPromises);
        Assert.False(catalog.Get("base").HasPromises);
    }

    [Fact]
    public void The_options_to_switch_off_are_those_of_the_nearest_file_that_names_any()
    {
        using var folder = new TemporaryFolder();
        var child = Child.Replace("inherits =", "switch-off = [\"PTE_MARKER_UFFD_WP\", \"USERFAULTFD\"]\ninherits =", StringComparison.Ordinal);
        var grandchild = Child.Replace("child", "grandchild", StringComparison.Ordinal).Replace("\"base\"", "\"child\"", StringComparison.Ordinal);
        var catalog = Load(folder, ("base", Control), ("child", child), ("grandchild", grandchild));
        Assert.Equal(["PTE_MARKER_UFFD_WP", "USERFAULTFD"], catalog.Get("grandchild").SwitchOff);
        Assert.Empty(catalog.Get("base").SwitchOff);
    }

    [Fact]
    public void Controls_come_first()
    {
        using var folder = new TemporaryFolder();
        var catalog = Load(folder, ("zbase", Control.Replace("base\"", "zbase\"", StringComparison.Ordinal).Replace("-zbase", "-base", StringComparison.Ordinal)),
            ("child", Child.Replace("\"base\"", "\"zbase\"", StringComparison.Ordinal)));
        Assert.Equal(["zbase", "child"], catalog.Variants.Select(v => v.Name));
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones()
    {
        using var folder = new TemporaryFolder();
        var failure = Assert.Throws<UnknownVariantException>(() => Load(folder, ("base", Control), ("child", Child)).Get("chidl"));
        Assert.Equal(["base", "child"], failure.Known);
        Assert.Contains("'chidl'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("role = \"variant\"", "role = \"varient\"", 3, "control, variant or reference")]
    [InlineData("inherits = \"base\"", "inherits = \"base\"\nswitch-off = \"USERFAULTFD\"", 9, "a list of config options")]
    [InlineData("inherits = \"base\"", "inherits = \"base\"\nswitch-off = [\"CONFIG_USERFAULTFD\"]", 9, "without CONFIG_")]
    [InlineData("inherits = \"base\"", "inherits = \"base\"\nswitch-off = [13]", 9, "a list of config options")]
    [InlineData("feature-bit = 13", "feature-bit = 64", 7, "0 to 63")]
    [InlineData("feature-bit = 13", "feature-bit = \"13\"", 7, "0 to 63")]
    [InlineData("inherits = \"base\"", "inherits = \"bass\"", 8, "'bass'")]
    [InlineData("inherits = \"base\"", "inherits = \"child\"", 8, "leads back to itself")]
    [InlineData("inherits = \"base\"", "inherits = \"base\"\nonto = \"nobody\"", 9, "'onto' names 'nobody'")]
    [InlineData("feature-bit = 13", "", 6, "come together")]
    [InlineData("tag = \"-child\"", "tag = \"child\"", 5, "'-' and then")]
    [InlineData("source = \"debian:6.1\"", "source = \"debian:6.1.5\"", 4, "two numbers")]
    [InlineData("source = \"debian:6.1\"", "source = \"debian:6.1\"\nbase = \"debian:6.1\"", 5, "'base' is the old name of 'source'")]
    [InlineData("feature = ", "featrue = ", 6, "If the file is newer than this faultline, './build.sh build'")]
    [InlineData("[expect.R12]", "[expects.R12]", 10, "unknown table '[expects.R12]'")]
    [InlineData("event = \"wp|write\"", "event = 3", 11, "must be a string")]
    [InlineData("title = \"A variant\"", "title == \"A variant\"", 2, "")]
    [InlineData("name = \"child\"", "name = \"other\"", 1, "the folder is 'child'")]
    public void A_mistake_is_reported_with_its_file_and_line(string right, string wrong, int line, string words)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(right, Child, StringComparison.Ordinal);
        var failure = Assert.Throws<VariantFileException>(
            () => Load(folder, ("base", Control), ("child", Child.Replace(right, wrong, StringComparison.Ordinal))));
        Assert.Equal(line, failure.Line);
        Assert.StartsWith($"{folder.Of("child", "variant.toml")}:{line}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_old_name_of_the_source_is_still_read()
    {
        using var folder = new TemporaryFolder();
        var catalog = Load(folder, ("base", Control.Replace("source = ", "base = ", StringComparison.Ordinal)));
        Assert.Equal(new KernelSource.Debian("6.1"), catalog.Get("base").Base);
    }

    [Fact]
    public void A_series_that_stands_on_another_comes_after_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("child/series", "c.patch\n");
        folder.Write("child/c.patch", "c");
        folder.Write("more/top/series", "t.patch\n");
        folder.Write("more/top/t.patch", "t");
        folder.Write("more/top/variant.toml", Child.Replace("child", "top", StringComparison.Ordinal).Replace("inherits = \"base\"", "inherits = \"base\"\nonto = \"child\"", StringComparison.Ordinal));
        folder.Write("base/variant.toml", Control);
        folder.Write("child/variant.toml", Child);
        var catalog = VariantCatalog.Load(folder.Path, folder.Of("more"));
        Assert.Equal(["c.patch", "t.patch"], catalog.Get("top").Series.Patches.Select(Path.GetFileName));
        Assert.Equal(["c.patch"], catalog.Get("child").Series.Patches.Select(Path.GetFileName));
    }

    [Fact]
    public void A_name_that_two_folders_hold_is_an_error()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/base/variant.toml", Control);
        folder.Write("b/base/variant.toml", Control);
        var failure = Assert.Throws<VariantFileException>(() => VariantCatalog.Load(folder.Of("a"), folder.Of("b")));
        Assert.Contains("is taken by", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_profile_is_the_one_of_the_guest_contract()
    {
        using var folder = new TemporaryFolder();
        var catalog = Load(folder, ("base", Control), ("child", Child));
        using var json = JsonDocument.Parse(VariantProfile.ToJson(catalog.Get("child")));
        var root = json.RootElement;
        Assert.Equal(
            ["schema", "name", "role", "tag", "feature", "featureBit", "control", "expect", "controlExpect"],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("faultline-profile/1", root.GetProperty("schema").GetString());
        Assert.Equal("variant", root.GetProperty("role").GetString());
        Assert.Equal("wp|write", root.GetProperty("expect").GetProperty("R12").GetProperty("event").GetString());
        Assert.Equal("none", root.GetProperty("controlExpect").GetProperty("R12").GetProperty("event").GetString());

        using var control = JsonDocument.Parse(VariantProfile.ToJson(catalog.Get("base")));
        Assert.Equal(["schema", "name", "role", "tag", "expect"], control.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Contains("\"tag\": \"\"", VariantProfile.ToJson(catalog.Get("child"), tag: ""), StringComparison.Ordinal);
    }

    [Fact]
    public void The_variants_of_this_repository_load()
    {
        var catalog = VariantCatalog.Load(RepositoryRoot.Of("linux-patch"));
        Assert.Equal(VariantRole.Control, catalog.Get("base").Role);
        Assert.Equal("base", catalog.Get("upstream").Control);
        Assert.All((string[])["wp-zeropage", "wp-unpopulated"], name => Assert.Equal(13, catalog.Get(name).FeatureBit));
    }
}
