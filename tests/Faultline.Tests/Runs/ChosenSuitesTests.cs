using Faultline.Cli.Runs;
using Faultline.Harness.Programs;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Tests.Runs;

/// <summary>Which suites run on a kernel, by command line and variant.</summary>
public sealed class ChosenSuitesTests
{
    private static readonly string Root = Path.Combine(Command.Root, "samples");

    private static readonly Variant Plain = VariantCatalog.Load(Path.Combine(Command.Root, "linux-patch")).Get("wp-zeropage");

    private static readonly Variant Declaring = Plain with
    {
        Folder = Root,
        Suites = [new DeclaredSuite("own") { Run = "stress-ng" }, new DeclaredSuite("selftests/mm") { Limit = TimeSpan.FromSeconds(5) }],
    };

    [Fact]
    public void Without_a_word_the_built_in_suite_runs_and_what_the_variant_runs()
    {
        var chosen = Named().For(Declaring);
        Assert.True(chosen.Builtin);
        var (spec, declared) = Assert.Single(chosen.Programs);
        Assert.Equal(("own", Path.Combine(Root, "stress-ng")), spec is SuiteSpec.OfFolder folder ? (folder.Name, folder.Path) : default);
        Assert.Equal("own", declared.Name);
        Assert.Empty((Named() with { Declared = false }).For(Declaring).Programs);
    }

    [Fact]
    public void What_is_named_runs_and_nothing_else_with_what_the_variant_says_of_it()
    {
        var chosen = Named("selftests:mm").For(Declaring);
        Assert.False(chosen.Builtin);
        Assert.Equal(TimeSpan.FromSeconds(5), Assert.Single(chosen.Programs).Declared.Limit);
        Assert.True(Named("builtin", "selftests:mm").For(Declaring).Builtin);
    }

    /// <summary>The base says nothing of a variant's suite, and runs next to it.</summary>
    [Fact]
    public void A_variants_limit_holds_on_every_kernel_of_the_run()
    {
        var alone = Named("selftests:mm");
        Assert.Null(Assert.Single(alone.For(Plain).Programs).Declared.Limit);
        var both = alone.Among([Plain, Declaring]);
        Assert.Equal(TimeSpan.FromSeconds(5), Assert.Single(both.For(Plain).Programs).Declared.Limit);
        var other = Plain with { Suites = [new DeclaredSuite("selftests/mm") { Limit = TimeSpan.FromSeconds(9) }] };
        Assert.Equal(TimeSpan.FromSeconds(9), Assert.Single(alone.Among([Declaring, other]).For(Plain).Programs).Declared.Limit);
        Assert.Equal(TimeSpan.FromSeconds(5), Assert.Single(alone.Among([Declaring, other]).For(Declaring).Programs).Declared.Limit);
    }

    [Fact]
    public void Two_of_one_name_are_refused()
    {
        var failure = Assert.Throws<SuiteException>(() => Named("selftests:mm", "selftests/mm=stress-ng").For(Plain));
        Assert.Contains("two suites are called 'selftests/mm'", failure.Message, StringComparison.Ordinal);
    }

    private static ChosenSuites Named(params string[] specs) => new([.. specs.Select(spec => SuiteSpec.Parse(spec, Root))], Declared: true);
}
