using System.Text;
using CsCheck;

namespace Faultline.AbiModel.Tests;

/// <summary>Model files that nobody's extractor wrote: each an error with a place, never another exception.</summary>
public sealed class HostileModelTests
{
    private const string Head = "{\n  \"schema\": \"faultline-abi/1\",\n  \"header\": \"x.h\",\n  \"target\": \"t\",\n  \"pointerSize\": 8,\n";
    private const string Lists = "  \"structs\": [],\n  \"enums\": [],\n  \"typedefs\": [],\n  \"constants\": [],\n  \"flags\": [],\n  \"events\": [],\n  \"ioctls\": [],\n  \"unresolved\": [],\n  \"locations\": []\n}\n";

    private static readonly string Valid = File.ReadAllText(Path.Combine(CheckoutRoot.Path, "tests", "Fixtures", "headers", "c", "ioctls.abi.json"));

    private static AbiFormatException Refused(string text) => Assert.Throws<AbiFormatException>(() => AbiFile.Parse(text));

    [Fact]
    public void Smallest_model_is_read() => Assert.Equal("x.h", AbiFile.Parse(Head + Lists).Header);

    [Theory]
    [InlineData("", 1, 1, "ends in the middle")]
    [InlineData("[]", 1, 1, "expected an object")]
    [InlineData("{\n \"schema\": \"faultline-abi/1\",\n \"schema\": 1\n}", 3, 2, "stands twice")]
    [InlineData("{\"schema\": \"faultline-abi/1\"} x", 1, 31, "after the end")]
    [InlineData("{\"schema\": \"faultline-abi/1\",}", 1, 30, "member name in quotes")]
    [InlineData("{\"schema\": tru}", 1, 12, "expected 'true'")]
    [InlineData("{\"schema\": 01}", 1, 14, "must not begin with 0")]
    [InlineData("{\"schema\": \"a\\q\"}", 1, 15, "unknown escape")]
    [InlineData("{\"schema\": \"a\\u12\"}", 1, 15, "four hexadecimal digits")]
    [InlineData("{\"header\": \"x.h\"}", 1, 1, "\"schema\" is missing")]
    public void Text_that_is_no_model_is_refused_with_its_place(string text, int line, int column, string problem)
    {
        var exception = Refused(text);
        Assert.Equal((line, column), (exception.Line, exception.Column));
        Assert.Contains(problem, exception.Problem, StringComparison.Ordinal);
        Assert.Contains($"line {line}, column {column}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"pointerSize\": 8", "\"pointerSize\": \"eight\"", "must be an integer")]
    [InlineData("\"pointerSize\": 8", "\"pointerSize\": 800", "outside 1 to 16")]
    [InlineData("\"ioctls\": []", "\"ioctls\": {}", "must be an array")]
    [InlineData("\"ioctls\": []", "\"iocls\": []", "\"ioctls\" is missing")]
    [InlineData("\"constants\": []", "\"constants\": [], \"extra\": 1", "unknown member \"extra\"")]
    [InlineData("\"constants\": []", "\"constants\": [{\"name\": \"A\", \"type\": \"int\", \"as\": \"s33\", \"value\": 1}]", "which is no type")]
    [InlineData("\"constants\": []", "\"constants\": [{\"name\": \"A\", \"type\": \"int\", \"as\": \"s32\", \"value\": 1.5}]", "must be an integer")]
    [InlineData("\"constants\": []", "\"constants\": [{\"name\": \"A b\", \"type\": \"int\", \"as\": \"s32\", \"value\": 1}]", "no C identifier")]
    [InlineData("\"constants\": []", "\"constants\": [{\"name\": \"A\", \"type\": \"int\", \"as\": \"s32\", \"value\": 1}, {\"name\": \"A\", \"type\": \"int\", \"as\": \"s32\", \"value\": 1}]", "stands twice")]
    [InlineData("\"structs\": []", "\"structs\": [{\"name\": \"s\", \"kind\": \"class\", \"size\": 1, \"align\": 1, \"fields\": []}]", "expected struct or union")]
    [InlineData("\"structs\": []", "\"structs\": [{\"name\": \"s\", \"kind\": \"struct\", \"size\": -1, \"align\": 1, \"fields\": []}]", "outside 0")]
    [InlineData("\"structs\": []", "\"structs\": [{\"name\": \"s\", \"kind\": \"struct\", \"size\": 1, \"align\": 1, \"fields\": [{\"name\": \"f\", \"offset\": 0, \"size\": 1, \"type\": \"x\", \"as\": \"inline\"}]}]", "beside \"as\": \"inline\"")]
    [InlineData("\"unresolved\": []",
        "\"unresolved\": [{\"name\": \"A\", \"kind\": \"function-like\", \"reason\": \"\", \"at\": \"\", \"samples\": \"1\"}]",
        "\"samples\" must be such as")]
    [InlineData(
        "\"structs\": []",
        "\"structs\": [{\"name\": \"s\", \"kind\": \"struct\", \"size\": 4, \"align\": 4, \"fields\": [{\"name\": \"f\", \"offset\": 0, "
        + "\"size\": 4, \"type\": \"x\", \"as\": \"u32\", \"to\": \"u8\"}]}]", "\"to\" is the type")]
    [InlineData("\"structs\": []",
        "\"structs\": [{\"name\": \"s\", \"kind\": \"struct\", \"size\": 1, \"align\": 1, \"qualifiers\": \"restrict\", \"fields\": []}]",
        "\"qualifiers\" must be")]
    [InlineData("\"typedefs\": []",
        "\"typedefs\": [{\"name\": \"t\", \"type\": \"x\", \"as\": \"ptr\", \"size\": 8, \"unnamed\": [{\"kind\": \"struct\", \"size\": 1, "
        + "\"align\": 1, \"fields\": [{\"name\": \"f\", \"offset\": 0, \"size\": 2, \"type\": \"x\", \"as\": \"u16\"}]}]}]",
        "field \"f\" of t-> ends at byte 2 of 1")]
    [InlineData("\"flags\": []", "\"flags\": [{\"name\": \"F\", \"as\": \"ptr\", \"members\": []}]", "expected an integer")]
    public void Wrong_content_is_refused(string good, string bad, string problem)
    {
        var exception = Refused((Head + Lists).Replace(good, bad, StringComparison.Ordinal));
        Assert.Contains(problem, exception.Problem, StringComparison.Ordinal);
        Assert.True(exception.Line > 0 && exception.Column > 0);
    }

    [Fact]
    public void Another_schema_is_told_apart_from_a_broken_file()
    {
        var exception = Refused((Head + Lists).Replace("faultline-abi/1", "faultline-abi/2", StringComparison.Ordinal));
        Assert.True(exception.WrongSchema);
        Assert.Contains("faultline-abi/2", exception.Problem, StringComparison.Ordinal);
        Assert.False(Refused("{").WrongSchema);
    }

    [Fact]
    public void Nesting_without_end_is_refused_and_not_a_stack_overflow() =>
        Assert.Contains("nested", Refused(new string('[', 1_000_000)).Problem, StringComparison.Ordinal);

    [Fact]
    public void Huge_model_is_read()
    {
        var constants = new StringBuilder("\"constants\": [");
        for (var i = 0; i < 100_000; i++)
            constants.Append(i == 0 ? "\n" : ",\n").Append("{\"name\": \"C").Append(i).Append("\", \"type\": \"int\", \"as\": \"s32\", \"value\": ").Append(i).Append('}');
        Assert.Equal(100_000, AbiFile.Parse((Head + Lists).Replace("\"constants\": [", constants.ToString(), StringComparison.Ordinal)).Constants.Count);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (var length = 0; length < Valid.Length - 2; length++)
            Refused(Valid[..length]);
    }

    [Fact]
    public void Twelve_thousand_damaged_files_give_a_model_or_an_error_with_a_place()
    {
        var damage = Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Int[0, 12], Gen.String[Gen.Char["{}[]\",:0123456789-eE.\\u truefalsn\n\0é"], 0, 4]);
        var refused = 0;
        damage.List[1, 4].Sample(wounds =>
        {
            var text = new StringBuilder(Valid);
            foreach (var (at, cut, insert) in wounds)
            {
                var start = Math.Min(at, text.Length);
                text.Remove(start, Math.Min(cut, text.Length - start)).Insert(start, insert);
            }
            try
            {
                var spec = AbiFile.Parse(text.ToString());
                return AbiFile.Parse(AbiFile.Format(spec)) == spec;
            }
            catch (AbiFormatException exception)
            {
                Interlocked.Increment(ref refused);
                return exception.Line > 0 && exception.Column > 0 && exception.Problem.Length > 0;
            }
        }, iter: 12_000);
        Assert.True(refused > 3_000, $"only {refused} files were refused: the damage is too mild to test anything");
    }
}
