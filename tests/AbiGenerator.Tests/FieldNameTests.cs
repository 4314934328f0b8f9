using Faultline.AbiEmit.CSharp;
using Faultline.AbiModel;
using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator.Tests;

/// <summary>A committed name map keeps the names of what stands in records when a newer kernel's header comes in.</summary>
[Trait("needs", "libclang")]
public sealed class FieldNameTests
{
    private const string Namespace = "Sample.Abi";

    private static ModelFile Model(string text) => Assert.Single(HeaderSet.Models(Namespace, ("linux/sample.h", text)));

    private static NameMap MapOf(string text, NameMap map) => map.With(NamespacePlan.Of(
        [new NamespaceModel(AbiFile.Parse(Model(text).Text), new() { Namespace = Namespace })], map));

    private static ModelFile File(NameMap map) => ModelFile.Names(NameMapFile.Format(map));

    /// <summary>What a reader of the map sees of one record.</summary>
    private static string Record(NameMap map, string record) => string.Join(", ",
        map.Records[record].OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => $"{name.Key}: {name.Value}"));

    /// <summary>The members of a struct by their offset, as reflection sees them.</summary>
    private static string Fields(GeneratorRun run, string type) => string.Join(", ",
        run.Load().GetType($"{Namespace}.{type}", throwOnError: true)!.GetFields().Where(field => !field.IsLiteral)
            .OrderBy(field => (int)System.Runtime.InteropServices.Marshal.OffsetOf(field.DeclaringType!, field.Name))
            .Select(field => field.Name));

    [Theory]
    [InlineData("int fooBar;", "int foo_bar; int fooBar;", "foo_bar, FooBar")]
    // C spelling and C# name are one here, so the newcomer gets a number.
    [InlineData("int flags;", "int Flags; int flags;", "Flags_2, Flags")]
    [InlineData("int fooBar;", "struct { int foo_bar; }; int fooBar;", "foo_bar, FooBar")]
    [InlineData("int foo_bar; int fooBar;", "int fooBar; int foo_bar;", "fooBar, FooBar")]
    public void A_newcomer_takes_no_name_of_a_field(string before, string after, string fields)
    {
        var old = $"struct sample {{ {before} }};";
        var young = Model($"struct sample {{ {after} }};");
        var run = GeneratorRun.Of(young, File(MapOf(old, NameMap.Empty)));
        Assert.Equal(fields, Fields(run, "Sample"));
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
        // Without a map the first in the record has the name: this is what the map is for.
        Assert.NotEqual(fields, Fields(GeneratorRun.Of(young), "Sample"));
    }

    /// <summary>A union's member, a bit-field, arrays, records without a tag, and what is made of them.</summary>
    [Fact]
    public void Every_name_in_a_record_is_in_the_map()
    {
        const string header = """
            struct sample {
                unsigned int low : 3, high : 5;
                union { long number; char text[4]; };
                struct { int a_b; union { int type; } inner; } arg[2];
                struct { int size; int list[]; } tail;
            };
            """;
        var map = MapOf(header, NameMap.Empty);
        Assert.Equal("arg: Arg, arg {}: ArgStruct, arg[]: ArgArray, high: High, low: Low, number: Number, tail: Tail, tail {}: TailStruct, "
            + "text: Text, text[]: TextArray", Record(map, "Sample"));
        Assert.Equal("a_b: AB, inner: Inner, inner {}: InnerUnion", Record(map, "Sample.ArgStruct"));
        Assert.Equal("type: Type", Record(map, "Sample.ArgStruct.InnerUnion"));
        Assert.Equal("list: List, list[]: ListOf, offsetof list: ListOffset, size: Size", Record(map, "Sample.TailStruct"));

        var again = NameMapFile.Parse(NameMapFile.Format(map));
        Assert.Equal(NameMapFile.Format(map), NameMapFile.Format(again));
        Assert.Equal(map.Count, again.Count);
        Assert.Equal(map, MapOf(header, again));
    }

    /// <summary>
    /// A type without a name in C is named after its member: it stays when the member becomes a union, and what is in it too.
    /// </summary>
    [Fact]
    public void Names_in_nested_records_stay()
    {
        var map = MapOf("struct sample { struct { int aB; } arg; int list[]; };", NameMap.Empty);
        var young = Model("struct sample { int list_offset; union { int a_b; int aB; } arg; int list[]; };");
        var code = GeneratorRun.Of(young, File(map)).Files[$"{Namespace}.Sample.Structs.g.cs"];
        Assert.Contains("public struct ArgStruct", code, StringComparison.Ordinal);
        Assert.Contains("public int a_b;", code, StringComparison.Ordinal);
        Assert.Contains("public int AB;", code, StringComparison.Ordinal);
        Assert.Contains("public int list_offset;", code, StringComparison.Ordinal);
        Assert.Contains("public const int ListOffset = 8;", code, StringComparison.Ordinal);
    }

    /// <summary>What code meant by the name is gone: a person has to look, at the line that keeps it.</summary>
    [Fact]
    public void FLT012_the_name_of_a_field_that_is_gone()
    {
        var map = MapOf("struct sample { int a; int fooBar; };", NameMap.Empty);
        var young = "struct sample { int a; int foo_bar; };";
        var run = GeneratorRun.Of(Model(young), File(map));
        Assert.Equal("A, foo_bar", Fields(run, "Sample"));
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("FLT012", diagnostic.Id);
        Assert.StartsWith("'foo_bar' of 'sample' would be named 'FooBar', which the name map keeps for 'fooBar', and that is gone; it is "
            + "named 'foo_bar' instead.", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal("\"fooBar\": \"FooBar\"", At(diagnostic, NameMapFile.Format(map)));

        // Who writes the map has seen it.
        run = GeneratorRun.Of(Model(young), File(MapOf(young, map)));
        Assert.Empty(run.Diagnostics);
        Assert.Equal("A, foo_bar", Fields(run, "Sample"));
    }

    /// <summary>Deleting the line gives the name away, as the message says.</summary>
    [Fact]
    public void A_line_that_is_deleted_frees_its_name()
    {
        var text = NameMapFile.Format(MapOf("struct sample { int a; int fooBar; };", NameMap.Empty));
        var without = text.Replace(",\n      \"fooBar\": \"FooBar\"", "", StringComparison.Ordinal);
        Assert.NotEqual(text, without);
        var run = GeneratorRun.Of(Model("struct sample { int a; int foo_bar; };"), ModelFile.Names(without));
        Assert.Empty(run.Diagnostics);
        Assert.Equal("A, FooBar", Fields(run, "Sample"));
    }

    /// <summary>A map of before has no records: it is read, says nothing of fields, and gets them when it is written.</summary>
    [Fact]
    public void A_map_of_an_earlier_version_is_read()
    {
        const string earlier = """
            {
              "schema": "faultline-names/1",
              "headers": {
                "linux/sample.h": "Sample"
              },
              "types": {
                "struct sample": "Example"
              },
              "enums": {},
              "classes": {}
            }
            """;
        const string header = "struct sample { int foo_bar; int fooBar; };";
        var run = GeneratorRun.Of(Model(header), ModelFile.Names(earlier));
        Assert.Equal("FooBar, fooBar", Fields(run, "Example"));
        Assert.Equal("FLT004", Assert.Single(run.Diagnostics).Id);
        Assert.Equal("fooBar: fooBar, foo_bar: FooBar", Record(MapOf(header, NameMapFile.Parse(earlier)), "Example"));
    }

    /// <summary>One place of the map for both: a line that moves emits no code again, and the warning goes with it.</summary>
    [Fact]
    public void A_line_that_moves_in_the_map_moves_the_warning_alone()
    {
        var text = NameMapFile.Format(MapOf("struct sample { int fooBar; };", NameMap.Empty));
        var moved = text.Replace("{\n  \"schema\"", "{\n\n\n  \"schema\"", StringComparison.Ordinal);
        var model = Model("struct sample { int foo_bar; };");
        var run = GeneratorRun.Of(model, ModelFile.Names(text));
        var again = run.Again(model, ModelFile.Names(moved));
        Assert.Equal(Line(Assert.Single(run.Diagnostics)) + 2, Line(Assert.Single(again.Diagnostics)));
        Assert.All(again.Results.Single().TrackedSteps[TrackingNames.EmittableModels].SelectMany(step => step.Outputs),
            output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }

    private static int Line(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().StartLinePosition.Line;

    /// <summary>The line of a text that a diagnostic stands in; the value it names begins where the diagnostic does.</summary>
    private static string At(Diagnostic diagnostic, string text)
    {
        var start = diagnostic.Location.GetLineSpan().StartLinePosition;
        var line = text.Split('\n')[start.Line];
        Assert.Equal(line.LastIndexOf(": ", StringComparison.Ordinal) + 2, start.Character);
        return line.Trim();
    }
}
