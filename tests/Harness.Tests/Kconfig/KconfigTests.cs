using CsCheck;
using Faultline.Harness.Kconfig;
using Faultline.Harness.Kernels;

namespace Faultline.Harness.Tests.Kconfig;

public class KconfigFragmentTests
{
    [Fact]
    public void The_header_names_the_target_and_a_later_fragment_overrides_an_earlier_one()
    {
        var fragment = KconfigFragment.Parse([
            ("guest.config", "# base: allnoconfig\n#\nCONFIG_A=y\nCONFIG_NR=0x1F\n# CONFIG_B is not set\nCONFIG_NAME=\"a \\\"b\\\"\"\n"),
            ("more.config", "# base: defconfig\nCONFIG_B=y\n"),
        ]);
        Assert.Equal("allnoconfig", fragment.Target);
        Assert.Equal(["A=y", "NR=0x1F", "B=y", "NAME=\"a \\\"b\\\"\""], fragment.Requests.Select(r => $"{r.Symbol}={r.Value}"));
        Assert.Equal(("more.config", 2), fragment.Requests.Where(r => r.Symbol == "B").Select(r => (r.File, r.Line)).Single());
        Assert.Equal("tinyconfig", KconfigFragment.Parse([("none", "")]).Target);
    }

    [Theory]
    [InlineData("CONFIG_A=yes")]
    [InlineData("A=y")]
    [InlineData("CONFIG_A")]
    [InlineData("CONFIG_A = y")]
    [InlineData("CONFIG_S=\"open")]
    public void A_line_that_is_no_request_is_an_error_with_its_place(string line)
    {
        var failure = Assert.Throws<KconfigFragmentException>(() => KconfigFragment.Parse([("f.config", "\n" + line)]));
        Assert.StartsWith("f.config:2: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_fragment_names_the_release()
    {
        var lines = KconfigFragment.Parse([("f", "CONFIG_LOCALVERSION=\"-mine\"\nCONFIG_LOCALVERSION_AUTO=y\nCONFIG_A=y\n# CONFIG_B is not set")]).ToConfigLines();
        Assert.Equal("CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_LOCALVERSION=\"\"\n# CONFIG_LOCALVERSION_AUTO is not set\n", lines);
    }

    [Fact]
    public void What_is_written_reads_back_as_it_was_and_nothing_is_dropped()
    {
        var request = Gen.Select(
            Gen.String[Gen.Char["ABCXYZ019_"], 1, 12].Where(s => s is not ("LOCALVERSION" or "LOCALVERSION_AUTO")),
            Gen.OneOf("y", "m", "n", "42", "-1", "0xfF", "\"text # no comment\"", "\"\""));
        request.List[0, 20].Sample(pairs =>
        {
            var text = string.Join("\n", pairs.Select(p => p.Item2 == "n" ? $"# CONFIG_{p.Item1} is not set" : $"CONFIG_{p.Item1}={p.Item2}"));
            var once = KconfigFragment.Parse([("a", text)]);
            var twice = KconfigFragment.Parse([("b", once.ToConfigLines())]);
            Assert.Equal(once.Requests.Select(r => (r.Symbol, r.Value)), twice.Requests.Where(r => !r.Symbol.StartsWith("LOCALVERSION", StringComparison.Ordinal)).Select(r => (r.Symbol, r.Value)));
            Assert.Empty(KconfigValues.Parse(once.ToConfigLines()).Dropped(once));
        });
    }

    [Fact]
    public void A_request_for_off_is_met_by_absence_and_a_request_for_on_is_not()
    {
        var fragment = KconfigFragment.Parse([("f", "# CONFIG_ABSENT is not set\nCONFIG_GONE=y\nCONFIG_HEX=0xAB\nCONFIG_TEXT=\"x\"\nCONFIG_MODULE=y")]);
        var dropped = KconfigValues.Parse("CONFIG_HEX=0xab\nCONFIG_TEXT=\"y\"\nCONFIG_MODULE=m\n# CONFIG_ABSENT is not set\n").Dropped(fragment);
        Assert.Equal(["GONE", "TEXT", "MODULE"], dropped.Select(d => d.Symbol));
    }

    /// <summary>Linux 7.3 has no PROC_SYSCTL, and /proc/sys without asking; INPUT may be what a fragment of a user needs.</summary>
    [Theory]
    [InlineData("CONFIG_PROC_SYSCTL=y # where known", "", false)]
    [InlineData("CONFIG_PROC_SYSCTL=y # where known", "# CONFIG_PROC_SYSCTL is not set", true)]
    [InlineData("CONFIG_PROC_SYSCTL=y # where known", "CONFIG_PROC_SYSCTL=m", true)]
    [InlineData("CONFIG_PROC_SYSCTL=y # where known", "CONFIG_PROC_SYSCTL=y", false)]
    [InlineData("CONFIG_PROC_SYSCTL=y # where it is known", "", true)]
    [InlineData("CONFIG_INPUT=n # unless needed", "CONFIG_INPUT=y", false)]
    [InlineData("CONFIG_INPUT=n # unless needed\nCONFIG_INPUT=y", "# CONFIG_INPUT is not set", true)]
    [InlineData("CONFIG_INPUT=y # unless needed", "", true)]
    [InlineData("CONFIG_INPUT=n", "CONFIG_INPUT=y", true)]
    public void What_stands_behind_a_request_says_when_it_need_not_be_met(string request, string result, bool isDropped) =>
        Assert.Equal(isDropped, KconfigValues.Parse(result + "\n").Dropped(KconfigFragment.Parse([("f", request)])).Count > 0);
}

public class KconfigExpressionTests
{
    private static readonly KconfigValues Values = KconfigValues.Parse("CONFIG_Y=y\nCONFIG_M=m\nCONFIG_NUM=12\nCONFIG_STR=\"text\"\n");

    [Theory]
    [InlineData("Y", 2)]
    [InlineData("M", 1)]
    [InlineData("ABSENT", 0)]
    [InlineData("!M", 1)]
    [InlineData("!Y", 0)]
    [InlineData("Y && M", 1)]
    [InlineData("ABSENT || M && Y", 1)]
    [InlineData("(ABSENT || Y) && !ABSENT", 2)]
    [InlineData("Y=y", 2)]
    [InlineData("M != y", 2)]
    [InlineData("NUM >= 12 && NUM<13", 2)]
    [InlineData("STR = \"text\"", 2)]
    [InlineData("ABSENT=n", 2)]
    [InlineData("$(cc-option,-mfoo(bar)) && Y", 2)]
    public void Values_are_those_kconfig_computes(string text, int expected) =>
        Assert.Equal(expected, KconfigExpression.Parse(text).Evaluate(Values));

    [Fact]
    public void The_false_terms_are_the_parts_of_the_conjunction_that_do_not_hold() =>
        Assert.Equal(["ABSENT || GONE", "!Y"],
            KconfigExpression.Parse("Y && (ABSENT || GONE) && !Y && M").FalseTerms(Values).Select(t => t.ToString()));

    [Theory]
    [InlineData("")]
    [InlineData("A &&")]
    [InlineData("(A")]
    [InlineData("A B")]
    [InlineData("\"open")]
    public void Text_that_is_no_condition_is_an_error(string text) => Assert.Throws<FormatException>(() => KconfigExpression.Parse(text));

    [Fact]
    public void Printing_and_reading_give_an_expression_of_the_same_value()
    {
        Gen<KconfigExpression> symbol = Gen.OneOf("Y", "M", "ABSENT", "y", "n").Select(n => (KconfigExpression)new KconfigExpression.Symbol(n));
        var expression = Gen.Recursive<KconfigExpression>((depth, inner) => depth > 5 ? symbol : Gen.OneOf(
            symbol,
            inner.Select(e => (KconfigExpression)new KconfigExpression.Not(e)),
            Gen.Select(inner, inner, (a, b) => (KconfigExpression)new KconfigExpression.And(a, b)),
            Gen.Select(inner, inner, (a, b) => (KconfigExpression)new KconfigExpression.Or(a, b))));
        expression.Sample(e => Assert.Equal(e.Evaluate(Values), KconfigExpression.Parse(e.ToString()!).Evaluate(Values)));
    }
}

public class KconfigExplanationTests
{
    private const string Root = """
        mainmenu "Test"
        source "arch/$(SRCARCH)/Kconfig"

        config MODULES
        	bool "Modules"

        menu "Memory"
        	depends on MMU

        config USERFAULTFD
        	bool "userfaultfd"
        	depends on SHMEM && \
        		!TINY
        	help
        	  config NOT_AN_OPTION is only text here.

        	  depends on NOTHING

        config PTE_MARKER
        	bool
        	help
        	  Selected.

        config WP
        	def_bool y
        	select PTE_MARKER if USERFAULTFD
        	select SELECTED

        config SELECTED
        	bool "Selected by WP"

        if ARCH_HAS_IT
        config NESTED
        	bool "Nested" if EXPERT
        endif

        endmenu

        choice
        	prompt "Choose"
        config ONE
        	bool "One"
        config TWO
        	bool "Two"
        endchoice
        """;

    private const string Architecture = """
        config MMU
        	bool "MMU"   # a comment
        config SHMEM
        	bool "shmem"
        	depends on FILES
        config FILES
        	bool "Files"
        config TINY
        	bool "Tiny"
        """;

    private static IReadOnlyList<string> Why(string request, string config)
    {
        var fragment = KconfigFragment.Parse([("f.config", request)]);
        var values = KconfigValues.Parse(config);
        var tree = KconfigTree.Load(path => path switch { "Kconfig" => Root, "arch/x86/Kconfig" => Architecture, _ => null });
        var dropped = Assert.Single(values.Dropped(fragment));
        return KconfigExplanation.Explain(dropped, values, tree).Reasons;
    }

    [Fact]
    public void An_unmet_dependency_is_named_with_its_place_and_followed_to_what_can_be_set() =>
        Assert.Equal(
            ["depends on SHMEM, which does not hold (Kconfig:10)\n  SHMEM depends on FILES\n    FILES is off and can be set: add CONFIG_FILES=y"],
            Why("CONFIG_USERFAULTFD=y", "CONFIG_MMU=y"));

    [Fact]
    public void The_conditions_of_the_menu_around_an_option_count_and_so_do_negations() =>
        Assert.Equal(
            ["depends on MMU, which does not hold (Kconfig:10)\n  MMU is off and can be set: add CONFIG_MMU=y", "depends on !TINY, which does not hold (Kconfig:10)"],
            Why("CONFIG_USERFAULTFD=y", "CONFIG_SHMEM=y\nCONFIG_TINY=y"));

    [Fact]
    public void An_if_around_an_option_and_the_condition_of_its_prompt_count() =>
        Assert.Equal(
            [
                "depends on ARCH_HAS_IT, which does not hold (Kconfig:33)\n  ARCH_HAS_IT does not exist in this tree (for this architecture)",
                "depends on EXPERT, which does not hold (Kconfig:33)\n  EXPERT does not exist in this tree (for this architecture)",
            ],
            Why("CONFIG_NESTED=y", "CONFIG_MMU=y"));

    [Fact]
    public void An_option_that_does_not_exist_is_said_not_to() => Assert.StartsWith("this tree has no such option", Why("CONFIG_TYPO=y", "")[0], StringComparison.Ordinal);

    [Fact]
    public void Help_text_defines_nothing() => Assert.StartsWith("this tree has no such option", Why("CONFIG_NOT_AN_OPTION=y", "")[0], StringComparison.Ordinal);

    [Fact]
    public void An_option_without_a_prompt_can_only_be_selected() =>
        Assert.Contains("has no prompt", Why("CONFIG_PTE_MARKER=y", "CONFIG_MMU=y")[0], StringComparison.Ordinal);

    [Fact]
    public void An_option_that_cannot_be_switched_off_names_who_selects_it() =>
        Assert.Equal(["selected by WP"], Why("# CONFIG_SELECTED is not set", "CONFIG_MMU=y\nCONFIG_WP=y\nCONFIG_SELECTED=y"));

    [Fact]
    public void A_choice_already_taken_is_suspected_when_every_dependency_holds() =>
        Assert.Contains("choice", Why("CONFIG_TWO=y", "CONFIG_ONE=y")[0], StringComparison.Ordinal);

    [Fact]
    public void Any_text_can_be_read_as_kconfig_without_an_error() =>
        Gen.String[Gen.OneOf(Gen.Char, Gen.OneOf('\n', '\t', '"', '#', '\\', '(', '$'))].Sample(text =>
        {
            var tree = KconfigTree.Load(path => path == "Kconfig" ? "config A\n\tbool \"a\"\n" + text : null);
            return tree.DefinitionsOf("A").Count >= 1;
        });
}
