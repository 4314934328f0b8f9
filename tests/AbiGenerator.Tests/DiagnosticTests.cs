using Faultline.AbiModel;
using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator.Tests;

/// <summary>Every diagnostic of docs/diagnostics.md that the generator reports.</summary>
public sealed class DiagnosticTests
{
    private static Diagnostic Only(GeneratorRun run) =>
        Assert.Single(run.Diagnostics, diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden);

    [Fact]
    public void FLT001_a_file_that_cannot_be_read()
    {
        var diagnostic = Only(GeneratorRun.Of(new ModelFile(null!)));
        Assert.Equal("FLT001", diagnostic.Id);
        Assert.Contains("sample.abi.json", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{\n  \"schema\": \"faultline-abi/1\",\n  \"header\" 1\n}", 3, 12)]
    [InlineData("{\n  \"schema\": \"faultline-abi/1\",\n  \"unheard\": []\n}", 1, 1)]
    public void FLT002_a_file_that_is_no_model(string text, int line, int column)
    {
        var diagnostic = Only(GeneratorRun.Of(new ModelFile(text)));
        Assert.Equal("FLT002", diagnostic.Id);
        Assert.Equal((line - 1, column - 1), (diagnostic.Location.GetLineSpan().StartLinePosition.Line,
            diagnostic.Location.GetLineSpan().StartLinePosition.Character));
        Assert.Contains($"line {line}, column {column}", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void FLT003_a_model_of_another_schema()
    {
        var diagnostic = Only(GeneratorRun.Of(
            new ModelFile(Repository.Variant("base").Replace("faultline-abi/1", "faultline-abi/9", StringComparison.Ordinal))));
        Assert.Equal("FLT003", diagnostic.Id);
        Assert.Contains("faultline-abi/9", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(1, diagnostic.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void FLT004_two_names_that_become_one()
    {
        var spec = new AbiSpec
        {
            Header = "x.h",
            Target = "x86_64-linux-gnu",
            PointerSize = 8,
            Constants = EquatableArray.Of(Constant("A_B", 1), Constant("_A_B", 2), Constant("a_b", 3), Constant("GET_TYPE", 4),
                Constant("int", 5), Constant("INT", 6), Constant("_INT", 7)),
        };
        var run = GeneratorRun.Of(new ModelFile(AbiFile.Format(spec)));
        Assert.Equal(["GET_TYPE", "_A_B", "_INT", "a_b", "int"],
            run.Diagnostics.Where(d => d.Id == "FLT004").Select(d => d.GetMessage().Split('\'')[1]).Order(StringComparer.Ordinal));
        var constants = run.Load().GetType("Sample.Abi.XConstants")!;
        var values = constants.GetFields().Select(field => $"{field.Name}={field.GetValue(null)}").Order(StringComparer.Ordinal);
        Assert.Equal(["AB=1", "GET_TYPE=4", "Int=6", "_A_B=2", "_INT=7", "a_b=3", "int=5"], values);
    }

    [Fact]
    public void FLT005_two_models_in_one_place()
    {
        var run = GeneratorRun.Of(new ModelFile(Repository.Variant("base")),
            new ModelFile(Repository.Variant("upstream"), Path: "second.abi.json"));
        Assert.Equal("FLT005", Only(run).Id);
        Assert.Contains("second.abi.json", Only(run).GetMessage(), StringComparison.Ordinal);
        Assert.NotEmpty(run.Files);
    }

    [Theory]
    [InlineData("1st")]
    [InlineData("A..B")]
    [InlineData("A.class")]
    public void FLT006_a_namespace_that_is_none(string name) =>
        Assert.Equal("FLT006", Only(GeneratorRun.Of(new ModelFile(Repository.Variant("base"), name))).Id);

    [Fact]
    public void FLT007_what_has_no_csharp_form_is_told_in_silence()
    {
        var run = GeneratorRun.Of(new ModelFile(Repository.Fixture("ioctls")));
        Assert.Contains(run.Diagnostics, diagnostic => diagnostic is { Id: "FLT007", Severity: DiagnosticSeverity.Hidden }
            && diagnostic.GetMessage().Contains("struct nobody_knows", StringComparison.Ordinal));
    }

    [Fact]
    public void FLT011_two_kernels_in_one_namespace()
    {
        AbiSpec Kernel(long size, string header) => new()
        {
            Header = header,
            Target = "x86_64-linux-gnu",
            PointerSize = 8,
            Structs = EquatableArray.Of(new StructSpec
            {
                Name = "shared",
                Size = size,
                Align = 1,
                Origin = header == "shared.h" ? "" : "shared.h",
                Fields = EquatableArray.Of(new FieldSpec { Name = "b", CType = "char",
                    Type = TypeRef.Integer(1, signed: false) with { Dimensions = EquatableArray.Of(size) }, Size = size }),
            }),
        };
        var run = GeneratorRun.Of(new ModelFile(AbiFile.Format(Kernel(8, "shared.h"))),
            new ModelFile(AbiFile.Format(Kernel(16, "user.h")), Path: "new.abi.json"));
        var diagnostic = Only(run);
        Assert.Equal("FLT011", diagnostic.Id);
        Assert.Contains("'struct shared' of 'shared.h'", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Contains("new.abi.json", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output.GetDiagnostics(TestContext.Current.CancellationToken), item =>
            item.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("{", 1, 2)]
    [InlineData("""{ "schema": "faultline-names/2" }""", 1, 13)]
    [InlineData("{ \"schema\": \"faultline-names/1\",\n\"headers\": { \"a.h\": \"1st\" } }", 2, 21)]
    [InlineData("{ \"schema\": \"faultline-names/1\",\n\"headers\": { \"a.h\": \"A; class B {}\" } }", 2, 21)]
    [InlineData("{ \"schema\": \"faultline-names/1\",\n\"headers\": { \"a.h\": \"A\", \"b.h\": \"A\" } }", 2, 33)]
    [InlineData("{ \"schema\": \"faultline-names/1\",\n\"headers\": { \"a.h\": \"class\" } }", 2, 21)]
    [InlineData("{ \"schema\": \"faultline-names/1\", \"headers\": {}, \"types\": {}, \"enums\": {}, \"classes\": {},\n"
        + "\"records\": { \"A.B\": {}, \"A..B\": {} } }", 2, 33)]
    public void FLT013_a_name_map_that_is_none(string text, int line, int column)
    {
        var diagnostic = Only(GeneratorRun.Of(new ModelFile(Repository.Variant("base")), ModelFile.Names(text)));
        Assert.Equal("FLT013", diagnostic.Id);
        Assert.Equal((line - 1, column - 1), (diagnostic.Location.GetLineSpan().StartLinePosition.Line,
            diagnostic.Location.GetLineSpan().StartLinePosition.Character));
    }

    [Fact]
    public void FLT014_a_wanted_name_that_nothing_has()
    {
        var diagnostic = Only(GeneratorRun.Of(new ModelFile(Repository.Variant("base")), ModelFile.Only("UFFD_API\n\nUFFD_APY\n")));
        Assert.Equal(("FLT014", 2), (diagnostic.Id, diagnostic.Location.GetLineSpan().StartLinePosition.Line));
        Assert.Contains("'UFFD_APY'", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    /// <summary>The header's own file and line, where the build knows it.</summary>
    [Fact]
    public void Diagnostics_stand_where_the_header_says_it()
    {
        var model = new ModelFile(Repository.Fixture("names")) { More = new Dictionary<string,
            string> { ["Header"] = "/headers/names.h" } };
        var spec = AbiFile.Parse(Repository.Fixture("names"));
        var located = GeneratorRun.Of(model).Diagnostics.Where(diagnostic => diagnostic.Id is "FLT004" or "FLT007"
            && diagnostic.Location.GetLineSpan().Path == "/headers/names.h").ToList();
        Assert.NotEmpty(located);
        Assert.All(located, diagnostic => Assert.Contains(diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1,
            spec.Locations.Select(location => location.At).Concat(spec.Unresolved.Select(item => item.At))
                .Select(at => int.Parse(at.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Every_diagnostic_has_its_place_in_the_documentation()
    {
        var page = Repository.Read("docs", "diagnostics.md");
        Assert.All(DiagnosticDescriptors.ById.Values, descriptor =>
        {
            Assert.EndsWith($"docs/diagnostics.md#{descriptor.Id.ToLowerInvariant()}", descriptor.HelpLinkUri, StringComparison.Ordinal);
            Assert.Contains($"<a id=\"{descriptor.Id.ToLowerInvariant()}\"></a>{descriptor.Id} | {descriptor.DefaultSeverity.ToString().ToLowerInvariant()} |", page, StringComparison.Ordinal);
        });
    }

    /// <summary>An address that a person or an editor can open, although the project has none: the page is in the package.</summary>
    [Fact]
    public void Links_are_addresses()
    {
        var link = Assert.Single(GeneratorRun.Of(new ModelFile("not json")).Diagnostics).Descriptor.HelpLinkUri;
        Assert.Equal("file:///packages/a%20b/docs/diagnostics.md#flt002", link);
        Assert.True(Uri.IsWellFormedUriString(link, UriKind.Absolute));
    }

    [Fact]
    public void Files_without_the_metadata_are_not_models()
    {
        var run = GeneratorRun.Of(new ModelFile("not json", IsModel: false));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Files);
    }

    private static ConstantSpec Constant(string name, int value) =>
        new() { Name = name, CType = "int", Type = TypeRef.Integer(4, signed: true),
            Value = value.ToString(System.Globalization.CultureInfo.InvariantCulture) };
}
