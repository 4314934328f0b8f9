using System.Reflection;
using Faultline.AbiEmit.CSharp;
using Faultline.AbiModel;

namespace Faultline.AbiGenerator.Tests;

/// <summary>A committed name map keeps the names of generated code when a newer kernel's header comes in.</summary>
public sealed class NameMapTests
{
    private static ModelFile MapOf(params AbiSpec[] specs)
    {
        var plan = NamespacePlan.Of([.. specs.Select(spec => new NamespaceModel(spec, new()))], NameMap.Empty);
        return ModelFile.Names(NameMapFile.Format(NameMap.Empty.With(plan)));
    }

    /// <summary>Every name of the older kernel's code, with its value where it is a constant's.</summary>
    private static SortedSet<string> Names(GeneratorRun run, Func<string, bool> isWanted) => [.. run.Load().GetExportedTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => $"{type.Name}.{field.Name}"))
        .Where(isWanted)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Kernel_6_12_keeps_every_name_of_6_1(bool withMap)
    {
        var old = AbiFile.Parse(Repository.Variant("base"));
        ModelFile[] map = withMap ? [MapOf(old)] : [];
        var before = Names(GeneratorRun.Of(new ModelFile(Repository.Variant("base"))), _ => true);
        var run = GeneratorRun.Of([new ModelFile(Repository.Variant("upstream")), .. map]);
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id == "FLT012");
        Assert.Equal(before, Names(run, before.Contains));
    }

    [Fact]
    public void FLT012_a_name_that_would_change_hands()
    {
        AbiSpec Of(params string[] names) => AbiOrder.Sorted(new()
        {
            Header = "sample.h",
            Target = "x86_64-linux-gnu",
            PointerSize = 8,
            Constants = names.Select(name =>
                new ConstantSpec { Name = name, CType = "int", Type = TypeRef.Integer(4, signed: true), Value = "1", Expression = "1" })
                .ToEquatableArray(),
        });
        var run = GeneratorRun.Of(new ModelFile(AbiFile.Format(Of("A_B", "A__B"))), MapOf(Of("A__B")));
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(("FLT012", "Faultline.names.json"), (diagnostic.Id, diagnostic.Location.GetLineSpan().Path));
        Assert.Contains("'A_B' of 'SampleConstants' would be named 'AB', which the name map keeps for 'A__B'; it is named 'A_B'",
            diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(["SampleConstants.AB", "SampleConstants.A_B"], Names(run, _ => true));
    }

    [Fact]
    public void FLT012_an_enum_of_another_width()
    {
        AbiSpec Of(int bytes) => new()
        {
            Header = "sample.h",
            Target = "x86_64-linux-gnu",
            PointerSize = 8,
            Enums = EquatableArray.Of(new EnumSpec { Name = "e", Type = TypeRef.Integer(bytes, signed: false),
                Members = EquatableArray.Of(new EnumMemberSpec { Name = "E_A" }) }),
        };
        var diagnostic = Assert.Single(GeneratorRun.Of(new ModelFile(AbiFile.Format(Of(8))), MapOf(Of(4))).Diagnostics);
        Assert.Equal("FLT012", diagnostic.Id);
        Assert.Contains("'E' no longer fit u32", diagnostic.GetMessage(), StringComparison.Ordinal);
    }
}
