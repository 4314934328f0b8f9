using System.Numerics;
using CsCheck;
using Faultline.AbiConsumers.Evaluation;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Tests;

/// <summary>The evaluator is right, or says that it does not know.</summary>
public sealed class EvaluatorTests
{
    private static readonly LexicalRules C = new() { LeadingZeroIsOctal = true };
    private static readonly LexicalRules Go = C with { GoPrecedence = true };

    private const string TooWide = "the value is wider than any integer type";
    private const string DependsOnWidth = "its value depends on the width of a type";

    private sealed class Table(params (string Name, string Expression)[] definitions) : INames
    {
        private readonly List<Definition> _all = [.. definitions.Select(item => Define(item.Name, item.Expression, C))];

        public Definition? Find(string name, string scope, Definition usedAt) => _all.Find(definition => definition.Name == name);

        public long? SizeOf(string record, string file) => record == "known" ? 24 : null;
    }

    private static Definition Define(string name, string expression, LexicalRules rules) => new(name, "", Lexer.Read(expression, rules), 1) { Rules = rules };

    private static Evaluation.Evaluation Evaluate(string expression, LexicalRules? rules = null, string target = "x86_64-linux-gnu", params (string, string)[] names) =>
        new Evaluator(new Table(names), 64, target).Evaluate(Define("it", expression, rules ?? C));

    [Theory]
    [InlineData("'q'", 113)]
    [InlineData("'\\''", 39)]
    [InlineData("'\\\\'", 92)]
    [InlineData("'\\x71'", 0x71)]
    [InlineData("'\\161'", 113)]
    [InlineData("'\\0'", 0)]
    [InlineData("'\\n'", 10)]
    public void Characters_are_numbers(string expression, int value) => Assert.Equal(value, Evaluate(expression).Value);

    [Theory]
    [InlineData("'\\xff'")]
    [InlineData("'\\377'")]
    [InlineData("'\\q'")]
    [InlineData("'\\x'")]
    [InlineData("'ab'")]
    [InlineData("''")]
    [InlineData("'é'")]
    public void Characters_that_differ_between_languages_are_unclear(string expression) => Assert.Null(Evaluate(expression).Value);

    [Theory]
    [InlineData("1 << 3", 8)]
    [InlineData("(1<<0)|(1 << 4)", 17)]
    [InlineData("2 + 3 * 4", 14)]
    [InlineData("1 | 2 ^ 3 & 6 << 1", 3)]
    [InlineData("10 - 3 - 2", 5)]
    [InlineData("-1", -1)]
    [InlineData("~0", -1)]
    [InlineData("((__u64)0xAA)", 0xAA)]
    [InlineData("(unsigned char)0x1ff", 0xff)]
    [InlineData("(signed char)0xff", -1)]
    [InlineData("0x1_000u64", 0x1000)]
    [InlineData("0b1010", 10)]
    [InlineData("0o17", 15)]
    [InlineData("017", 15)]
    [InlineData("1ULL", 1)]
    [InlineData("5i32", 5)]
    [InlineData("'U'", 0x55)]
    [InlineData("300 as u8", 44)]
    [InlineData("-1 as u8", 255)]
    [InlineData("-1 as u8 as u32 * 2", 510)]
    [InlineData("-(1 as u8)", -1)]
    [InlineData("uint8(300)", 44)]
    [InlineData("BIT(5)", 32)]
    [InlineData("_BITULL(5)", 32)]
    [InlineData("_AC(7, UL)", 7)]
    [InlineData("_IO(0xAA, 0x3F)", 0xAA3F)]
    [InlineData("_IOWR(0xAA, 0x3F, struct known)", 0xC018AA3F)]
    [InlineData("_IOR('U', 2, __u32)", 0x80045502)]
    [InlineData("_IOC(3, 0xAA, 0x3F, sizeof(struct known))", 0xC018AA3F)]
    public void Values(string expression, long expected) => Assert.Equal(expected, Evaluate(expression).Value);

    [Theory]
    [InlineData("1 | 2 + 4", 7)]
    [InlineData("1 << 2 + 1", 5)]
    [InlineData("7 &^ 2", 5)]
    [InlineData("^0", -1)]
    public void Go_binds_in_its_own_way(string expression, long expected) => Assert.Equal(expected, Evaluate(expression, Go).Value);

    [Theory]
    [InlineData("", "no value")]
    [InlineData("\"text\"", "string")]
    [InlineData("1.5", "'.'")]
    [InlineData("1 << 200", "shifts by 200")]
    [InlineData("1 << -1", "shifts by -1")]
    [InlineData("1 / 0", "divides by zero")]
    [InlineData("~0U >> 1", "width of a type")]
    [InlineData("~0U / 2", "width of a type")]
    [InlineData("~0U % 10", "width of a type")]
    [InlineData("8 / ~0U", "width of a type")]
    [InlineData("unknown + 1", "unknown is not defined")]
    [InlineData("f(1)", "f(…) is not known")]
    [InlineData("(1", "ends too early")]
    [InlineData("1 2", "'2' is not understood")]
    [InlineData("a ? 1 : 2", "a is not defined")]
    [InlineData("1 ? 1 : 2", "'?'")]
    [InlineData("089", "is no integer")]
    [InlineData("_IOR(0xAA, 1, struct elsewhere)", "size of struct elsewhere")]
    [InlineData("_IO(0x1AA, 1)", "does not fit")]
    [InlineData("_IOR(0xAA, 1, void *)", "size of void")]
    public void What_is_not_known_is_said(string expression, string reason)
    {
        var result = Evaluate(expression);
        Assert.Null(result.Value);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_followed_and_circles_end()
    {
        Assert.Equal(12, Evaluate("A + 4", null, "", ("A", "B << 1"), ("B", "0x4")).Value);
        Assert.Contains("defined by itself", Evaluate("A", null, "", ("A", "B"), ("B", "A")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_of_a_machine_with_another_encoding_are_not_computed() =>
        Assert.Contains("of its own", Evaluate("_IO(0xAA, 1)", null, "mips-linux-gnu").Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData('(')]
    [InlineData('-')]
    [InlineData('~')]
    public void Deep_nesting_is_refused(char opener) => Assert.Contains("too deep", Evaluate(new string(opener, 100_000) + "1").Reason, StringComparison.Ordinal);

    [Fact]
    public void Growth_without_bound_is_refused()
    {
        var names = Enumerable.Range(1, 50).Select(i => ($"N{i}", $"N{i - 1} * N{i - 1}")).Prepend(("N0", "0xffffffff")).ToArray();
        Assert.Contains("wider than", Evaluate("N50", null, "", names).Reason, StringComparison.Ordinal);
    }

    /// <summary>Random expressions, computed beside their text; null is a value that depends on a type's width.</summary>
    private static readonly Gen<(string Text, BigInteger? Value)> Expression = Gen.Recursive<(string Text, BigInteger? Value)>((depth, inner) =>
        depth >= 5
            ? Gen.OneOf(
                Gen.UInt.Select(value => (value.ToString(), (BigInteger?)value)),
                Gen.UInt.Select(value => ($"0x{value:x}UL", (BigInteger?)value)),
                Gen.Int[0, 1].Select(value => (value.ToString(), (BigInteger?)value)))
            : Gen.OneOf(
                Gen.Select(inner, inner, Gen.OneOf("+", "-", "*", "&", "|", "^")).Select((left, right, mark) => ($"({left.Text} {mark} {right.Text})", mark switch
                {
                    "+" => left.Value + right.Value,
                    "-" => left.Value - right.Value,
                    "*" => left.Value * right.Value,
                    "&" => left.Value & right.Value,
                    "|" => left.Value | right.Value,
                    _ => left.Value ^ right.Value,
                })),
                Gen.Select(inner, Gen.Int[0, 20]).Select((left, by) => ($"({left.Text} << {by})", left.Value << by)),
                Gen.Select(inner, Gen.Int[0, 20]).Select((left, by) => ($"({left.Text} >> {by})", left.Value < 0 ? null : left.Value >> by)),
                inner.Select(value => ($"~{value.Text}", ~value.Value)),
                inner.Select(value => ($"-({value.Text})", -value.Value)),
                inner.Select(value => ($"(__u32)({value.Text})", value.Value & uint.MaxValue))));

    [Fact]
    public void Random_expressions_have_their_value_or_are_refused_for_a_reason() => Expression.Sample(item =>
    {
        var result = Evaluate(item.Text);
        return result.Value is { } value ? value == item.Value : result.Reason == TooWide || (item.Value is null && result.Reason == DependsOnWidth);
    }, iter: 5000);

    [Fact]
    public void Any_text_is_evaluated_or_refused() => Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char["()<>|&^~-+*/%0123456789xXuUlL_'\"aAbBfF \n.:,[]{}#\\"], 0, 60]).Sample(text =>
    {
        foreach (var rules in new[] { C, Go })
        {
            var result = Evaluate(text, rules);
            Assert.True(result.Value is null == result.Reason.Length > 0, text);
        }
    }, iter: 5000);
}
