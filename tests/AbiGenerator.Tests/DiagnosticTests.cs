using Faultline.AbiModel;
using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator.Tests;

/// <summary>Every diagnostic of docs/diagnostics.md that the generator reports.</summary>
public sealed class DiagnosticTests
{
    private static Diagnostic Only(GeneratorRun run) => Assert.Single(run.Diagnostics, diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden);

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
        Assert.Equal((line - 1, column - 1), (diagnostic.Location.GetLineSpan().StartLinePosition.Line, diagnostic.Location.GetLineSpan().StartLinePosition.Character));
        Assert.Contains($"line {line}, column {column}", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void FLT003_a_model_of_another_schema()
    {
        var diagnostic = Only(GeneratorRun.Of(new ModelFile(Repository.Variant("base").Replace("faultline-abi/1", "faultline-abi/9", StringComparison.Ordinal))));
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
            Constants = EquatableArray.Of(Constant("A_B", 1), Constant("_A_B", 2), Constant("a_b", 3), Constant("GET_TYPE", 4), Constant("int", 5), Constant("INT", 6), Constant("_INT", 7)),
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
        var run = GeneratorRun.Of(new ModelFile(Repository.Variant("base")), new ModelFile(Repository.Variant("upstream"), Path: "second.abi.json"));
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
    public void Files_without_the_metadata_are_not_models()
    {
        var run = GeneratorRun.Of(new ModelFile("not json", IsModel: false));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Files);
    }

    private static ConstantSpec Constant(string name, int value) =>
        new() { Name = name, CType = "int", Type = TypeRef.Integer(4, signed: true), Value = value.ToString(System.Globalization.CultureInfo.InvariantCulture) };
}
