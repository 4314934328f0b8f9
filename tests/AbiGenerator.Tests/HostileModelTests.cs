using System.Text.RegularExpressions;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Tests;

/// <summary>Models that no extractor wrote: the generator reports or emits, and never throws, for it would take the whole compilation with it.</summary>
public sealed partial class HostileModelTests(ITestOutputHelper output)
{
    private const int Count = 300;

    private static readonly string[] Fixtures = ["records", "macros", "ioctls", "names"];

    private static readonly string[] Extremes = ["0", "1", "255", "1099511627776", "-1", "\"\"", "\"struct nested\"", "\"u8[1099511627776]\"", "\"$\"", "\"class\""];

    [Fact]
    public void Models_with_swapped_values_never_break_the_generator()
    {
        var (readable, refused) = (0, 0);
        foreach (var seed in Enumerable.Range(1, Count))
        {
            var text = Damaged(seed);
            var result = GeneratorRun.Alone(new ModelFile(text, EmitTests: true)).Results.Single();
            Assert.True(result.Exception is null, $"seed {seed}: {result.Exception}");
            if (result.Diagnostics.Any(diagnostic => diagnostic.Id == "FLT002"))
                refused++;
            else
                readable++;
        }
        output.WriteLine($"seeds 1 to {Count}: {readable} models emitted, {refused} refused");
        Assert.True(readable > Count / 20 && refused > Count / 20);
    }

    /// <summary>A fixture with one to three of its strings and numbers replaced by others of its own, or by extreme ones.</summary>
    private static string Damaged(int seed)
    {
        var random = new Random(seed);
        var text = Repository.Fixture(Fixtures[random.Next(Fixtures.Length)]);
        for (var wounds = random.Next(1, 4); wounds > 0; wounds--)
        {
            var tokens = Token().Matches(text);
            var (at, from) = (tokens[random.Next(tokens.Count)], tokens[random.Next(tokens.Count)]);
            var with = random.Next(3) == 0 ? Extremes[random.Next(Extremes.Length)] : from.Value;
            text = text[..at.Index] + with + text[(at.Index + at.Length)..];
        }
        return text;
    }

    [Fact]
    public void Record_that_is_a_part_of_itself_is_refused()
    {
        var part = new FieldSpec { Name = "again", CType = "struct loop", Type = new(TypeKind.Record, "struct loop", default), Size = 8 };
        var spec = new AbiSpec { Header = "x.h", Target = "t", PointerSize = 8, Structs = EquatableArray.Of(new StructSpec { Name = "loop", Size = 8, Align = 8, Fields = EquatableArray.Of(part) }) };
        var diagnostic = Assert.Single(GeneratorRun.Of(new ModelFile(AbiFile.Format(spec))).Diagnostics);
        Assert.Equal("FLT002", diagnostic.Id);
        Assert.Contains("struct loop is a part of itself", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void Unions_in_unions_in_unions_are_counted_in_no_time()
    {
        var levels = Enumerable.Range(0, 60).Select(level => new StructSpec
        {
            Name = $"level{level}",
            Kind = RecordKind.Union,
            Size = 8,
            Align = 8,
            Fields = EquatableArray.Of(Member("left", level), Member("right", level)),
        });
        var spec = new AbiSpec { Header = "x.h", Target = "t", PointerSize = 8, Structs = levels.ToEquatableArray() };
        var run = GeneratorRun.Of(new ModelFile(AbiFile.Format(spec)));
        Assert.Equal(60, run.Load().GetTypes().Count(type => type.Name.StartsWith("Level", StringComparison.Ordinal) && !type.IsNested));
    }

    private static FieldSpec Member(string name, int level) => level == 0
        ? new() { Name = name, CType = "__u64", Type = TypeRef.Integer(8, signed: false), Size = 8 }
        : new() { Name = name, CType = $"union level{level - 1}", Type = new(TypeKind.Record, $"union level{level - 1}", default), Size = 8 };

    [Fact]
    public void Record_beyond_what_the_runtime_loads_is_told_and_left_out()
    {
        var bytes = TypeRef.Integer(1, signed: false) with { Dimensions = EquatableArray.Of(1L << 33) };
        var huge = new StructSpec { Name = "huge", Size = 1L << 33, Align = 1, Fields = EquatableArray.Of(new FieldSpec { Name = "bytes", CType = "char[8589934592]", Type = bytes, Size = 1L << 33 }) };
        var run = GeneratorRun.Of(new ModelFile(AbiFile.Format(new() { Header = "x.h", Target = "t", PointerSize = 8, Structs = EquatableArray.Of(huge) })));
        Assert.Contains("8589934592 bytes are more than a C# struct can have", Assert.Single(run.Diagnostics, diagnostic => diagnostic.Id == "FLT007").GetMessage(), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Load().GetTypes(), type => type.Name == "Huge");
    }

    [GeneratedRegex("""(?<=: )("[^"\\]*"|-?\d+)(?=[,}])""")]
    private static partial Regex Token();
}
