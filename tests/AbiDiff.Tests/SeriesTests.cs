using System.Text;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Tests;

/// <summary>The drift of the kernels this repository is about, and the page that documents the kinds.</summary>
public sealed class SeriesTests
{
    private static string[] Drift(string old, string current) => [.. AbiDiffer.Compare(Repository.Variant(old), Repository.Variant(current)).Select(change => change.ToString())];

    [Fact]
    public void Base_to_wp_unpopulated_only_adds() => Assert.Equal(
        ["flag-added UFFD_FEATURE_WP_UNPOPULATED: 1 << 13", "mask-grew UFFD_API_FEATURES: 0x1fff -> 0x3fff"], Drift("base", "wp-unpopulated"));

    [Fact]
    public void Base_to_wp_zeropage_only_adds() => Assert.Equal(
        ["flag-added UFFD_FEATURE_WP_ZEROPAGE: 1 << 13", "mask-grew UFFD_API_FEATURES: 0x1fff -> 0x3fff"], Drift("base", "wp-zeropage"));

    [Fact]
    public void The_two_variants_use_one_bit_under_two_names() => Assert.Equal(
        ["flag-bit-reused UFFD_FEATURE 1 << 13: UFFD_FEATURE_WP_ZEROPAGE -> UFFD_FEATURE_WP_UNPOPULATED"], Drift("wp-zeropage", "wp-unpopulated"));

    [Fact]
    public void Upstream_went_on_without_breaking_wp_unpopulated()
    {
        var changes = AbiDiffer.Compare(Repository.Variant("wp-unpopulated"), Repository.Variant("upstream"));
        Assert.Equal(new Compatibility(Equal: false, Source: true, Binary: true, Severity.Compatible), Compatibility.Of(changes));
        Assert.Contains(changes, change => change is { Kind.Id: "ioctl-added", Subject: "UFFDIO_MOVE" });
        Assert.Contains(changes, change => change is { Kind.Id: "flag-added", Subject: "UFFD_FEATURE_WP_ASYNC" });
    }

    [Fact]
    public void Page_lists_every_kind()
    {
        const string Begin = "<!-- kinds: written by the tests of AbiDiff under FAULTLINE_REWRITE_GOLDENS=1 -->\n", End = "<!-- /kinds -->";
        var page = Path.Combine(Repository.Root, "docs", "abi-drift-kinds.md");
        var text = File.ReadAllText(page);
        var (start, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var written = text[..start] + Table() + text[end..];
        if (Repository.RewriteGoldens)
            File.WriteAllText(page, written);
        Assert.Equal(written, File.ReadAllText(page));
    }

    private static string Table()
    {
        var table = new StringBuilder("\n| id | severity | source | binary | what | example | remedy |\n|---|---|---|---|---|---|---|\n");
        foreach (var kind in ChangeKinds.All)
        {
            table.Append($"| `{kind.Id}` | {kind.Severity.ToString().ToLowerInvariant()} | {Mark(kind.SourceCompatible)} | {Mark(kind.BinaryCompatible)} | ")
                .Append($"{Cell(kind.Title)} | {Cell(kind.Example)} | {Cell(kind.Remedy)} |\n");
        }
        return table.Append('\n').ToString();
    }

    private static string Mark(bool compatible) => compatible ? "yes" : "no";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("__", "\\_\\_", StringComparison.Ordinal);
}
