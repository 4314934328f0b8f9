using System.Globalization;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Tests;

/// <summary>Macros that take arguments, evaluated for some.</summary>
[Trait("needs", "libclang")]
public sealed class MacroSampleTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private AbiSpec Extract(string text) =>
        HeaderExtractor.Extract(new() { Path = _directory.Write("sample.h", text), Target = "x86_64-linux-gnu" });

    /// <summary>Those of arguments of up to 16 bits, or the others without the patterns of bits.</summary>
    private string Samples(string text, bool wide = false) => MacroSample.Format(Extract(text).Unresolved.Single(item => item.Name == "X")
        .Samples.Take(8).Where(sample => sample.Arguments.Split(',').Any(argument => argument.Length > 5) == wide).ToEquatableArray());

    [Theory]
    [InlineData("(a, b) (((a) << 16) | (b))", "0,0=s32:0 1,2=s32:65538 5,11=s32:327691 4660,9029=s32:305406789")]
    [InlineData("() 7UL", "=u64:7")]
    [InlineData("(x) (-(x))", "0=s32:0 1=s32:-1 5=s32:-5 4660=s32:-4660")]
    [InlineData("(x) (8 / (x))", "1=s32:8 5=s32:1 4660=s32:0")]
    [InlineData("(x, ...) ((x) + 2)", "0=s32:2 1=s32:3 5=s32:7 4660=s32:4662")]
    [InlineData("(x, rest...) (x)", "0=s32:0 1=s32:1 5=s32:5 4660=s32:4660")]
    [InlineData("(...) 3", "=s32:3")]
    [InlineData("(rest...) 3", "=s32:3")]
    [InlineData("(t) sizeof(t)", "0=u64:4 1=u64:4 5=u64:4 4660=u64:4")]
    public void A_number_is_told_for_each_sample(string definition, string samples) =>
        Assert.Equal(samples, Samples($"#define X{definition}\n"));

    /// <summary>What only high bits tell: a shift or a mask of an address, a division of a 64-bit time.</summary>
    [Theory]
    [InlineData("(v) ((v) >> 20)", "305419896=s32:291 4294967295=s64:4095 1311768467463790320=s64:1250999896491 "
        + "18446744073709551615=u64:17592186044415")]
    [InlineData("(v) ((v) & 0xff000000U)", "305419896=u32:301989888 4294967295=s64:4278190080 1311768467463790320=s64:2583691264 "
        + "18446744073709551615=u64:4278190080")]
    [InlineData("(v) ((__UINT64_TYPE__)(v) >> 63)",
        "305419896=u64:0 4294967295=u64:0 1311768467463790320=u64:0 18446744073709551615=u64:1")]
    public void A_number_is_told_for_wide_arguments(string definition, string samples) =>
        Assert.Equal(samples, Samples($"#define X{definition}\n", wide: true));

    [Theory]
    [InlineData("(((x) >> {0}) & 1)")]
    [InlineData("!!((x) & (1ULL << {0}))")]
    [InlineData("((x) & (1ULL << {0}) ? 3 : 4)")]
    [InlineData("((x) & ~(1ULL << {0}))")]
    public void A_bit_is_told_from_every_other(string body)
    {
        var macros = Enumerable.Range(0, 64).Select(bit => $"#define X{bit}(x) {string.Format(CultureInfo.InvariantCulture, body, bit)}\n");
        var numbers = Extract(string.Concat(macros)).Unresolved.Where(item => item.Name[0] == 'X')
            .Select(item => string.Join(' ', item.Samples.Select(sample => sample.Value))).ToList();
        Assert.Equal((64, 64), (numbers.Count, numbers.Distinct().Count()));
    }

    [Fact]
    public void A_request_with_a_parameter_is_its_code() => Assert.Equal(
        "0=u32:2147506694 1=u32:2147572230 5=u32:2147834374 4660=u32:2452904454",
        Samples("#include <linux/ioctl.h>\n#define X(len) _IOC(_IOC_READ, 'Z', 0x06, len)\n"));

    /// <summary>Its own text does not change when the record does.</summary>
    [Theory]
    [InlineData("int a;", "0=u64:0 1=u64:4 5=u64:20 4660=u64:18640")]
    [InlineData("int a; int b;", "0=u64:0 1=u64:8 5=u64:40 4660=u64:37280")]
    public void What_the_macro_names_is_part_of_it(string fields, string samples) =>
        Assert.Equal(samples, Samples($"struct x {{ {fields} }};\n#define X(n) ((n) * sizeof(struct x))\n"));

    [Theory]
    [InlineData("(x) do { x; } while (0)")]
    [InlineData("(x) { x, 1 }")]
    [InlineData("(x) other(x)")]
    [InlineData("(x) \"text\"")]
    [InlineData("(x) ((void *)(x))")]
    [InlineData("(x) (x")]
    [InlineData("(x) #x")]
    [InlineData("(x, ...) (x, __VA_ARGS__)")]
    [InlineData("(a, b, c, d, e, f, g) (a)")]
    [InlineData("(x) 1; int stray = (x)")]
    [InlineData("(x)")]
    public void What_is_no_number_has_no_samples_and_costs_no_other_macro(string definition)
    {
        var spec = Extract($"#define X{definition}\n#define Y(a) ((a) + 1)\n#define AFTER 5\n");
        Assert.Empty(spec.Unresolved.Single(item => item.Name == "X").Samples);
        Assert.Equal(13, spec.Unresolved.Single(item => item.Name == "Y").Samples.Count);
        Assert.Equal("5", Assert.Single(spec.Constants).Value);
    }

    /// <summary>The header's text alone tells another number of parameters, or a macro that is not there.</summary>
    [Theory]
    [InlineData("#ifndef NEVER\n#define X(a) (a)\n#else\n#define X(a, b) (b)\n#endif\n")]
    [InlineData("#define X(a) (a)\n#ifdef NEVER\n#define X 5\n#endif\n")]
    public void Conditions_are_the_compilers_to_judge(string text) =>
        Assert.Equal("0=s32:0 1=s32:1 5=s32:5 4660=s32:4660", Samples(text));

    [Fact]
    public void One_that_takes_in_what_follows_is_left_out()
    {
        var spec = Extract("#define CALL(x) x\n#define OPEN(nr) CALL(nr\n#define X(nr) OPEN(nr)\n#define AFTER 5\n");
        Assert.Empty(spec.Unresolved.Single(item => item.Name == "X").Samples);
        Assert.Equal("5", Assert.Single(spec.Constants).Value);
    }
}
