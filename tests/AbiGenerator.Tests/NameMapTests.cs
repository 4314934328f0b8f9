using System.Globalization;
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

    private static AbiSpec Of(params string[] names) => AbiOrder.Sorted(new()
    {
        Header = "sample.h",
        Target = "x86_64-linux-gnu",
        PointerSize = 8,
        Constants = names.Select(name =>
            new ConstantSpec { Name = name, CType = "int", Type = TypeRef.Integer(4, signed: true), Value = "1", Expression = "1" })
            .ToEquatableArray(),
    });

    /// <summary>Each name means what it meant: there is nothing to look at.</summary>
    [Fact]
    public void FLT004_a_newcomer_that_is_called_like_a_kept_name()
    {
        var run = GeneratorRun.Of(new ModelFile(AbiFile.Format(Of("A_B", "A__B"))), MapOf(Of("A__B")));
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("FLT004", diagnostic.Id);
        Assert.Contains("'A_B' of 'SampleConstants' would be named 'AB' like another item, and is named 'A_B' instead",
            diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(["SampleConstants.AB", "SampleConstants.A_B"], Names(run, _ => true));
    }

    [Fact]
    public void FLT012_a_name_that_would_change_hands()
    {
        var run = GeneratorRun.Of(new ModelFile(AbiFile.Format(Of("A_B"))), MapOf(Of("A__B")));
        var diagnostic = Assert.Single(run.Diagnostics);
        // "A__B": "AB"
        Assert.Equal(("FLT012", "Faultline.names.json", 9, 14), (diagnostic.Id, diagnostic.Location.GetLineSpan().Path,
            diagnostic.Location.GetLineSpan().StartLinePosition.Line, diagnostic.Location.GetLineSpan().StartLinePosition.Character));
        Assert.Equal("'A_B' of 'SampleConstants' would be named 'AB', which the name map keeps for 'A__B', and that is gone; it is named "
            + "'A_B' instead. 'dotnet build -t:FaultlineNames' takes that over; to give it 'AB', look that no code means 'A__B' by it "
            + "and delete the line of 'A__B' from the map.", diagnostic.GetMessage());
        Assert.Equal(["SampleConstants.A_B"], Names(run, _ => true));
    }

    private static AbiSpec Linked(bool isMacro, int value = 2)
    {
        EnumMemberSpec Member(string name, int number) => new() { Name = name, Value = number };
        return Of(isMacro ? ["MAX_LINK"] : []) is var spec ? spec with
        {
            Constants = spec.Constants
                .Select(constant => constant with { Value = value.ToString(CultureInfo.InvariantCulture) }).ToEquatableArray(),
            Enums = EquatableArray.Of(new EnumSpec
            {
                Name = "link", Type = TypeRef.Integer(4, signed: false),
                Members = EquatableArray.Of(Member("LINK_A", 1), Member(isMacro ? "__MAX_LINK" : "MAX_LINK", 2)),
            }),
        } : throw new InvalidOperationException();
    }

    /// <summary>As <c>MAX_BPF_LINK_TYPE</c> between Linux 6.1 and 6.12: in C the name is there, and means the same.</summary>
    [Fact]
    public void A_member_that_became_a_macro_stays_in_its_enum()
    {
        var run = GeneratorRun.Of(new ModelFile(AbiFile.Format(Linked(isMacro: true))), MapOf(Linked(isMacro: false)));
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id == "FLT012");
        Assert.Equal(["Link.LinkA", "Link.MaxLink", "Link.__MAX_LINK", "SampleConstants.MaxLink"], Names(run, _ => true));
        // Without a map nothing says that there was a member.
        Assert.Equal(["Link.LinkA", "Link.MaxLink", "SampleConstants.MaxLink"],
            Names(GeneratorRun.Of(new ModelFile(AbiFile.Format(Linked(isMacro: true)))), _ => true));
    }

    [Fact]
    public void A_macro_that_became_a_member_stays_among_the_constants()
    {
        var run = GeneratorRun.Of(new ModelFile(AbiFile.Format(Linked(isMacro: false))), MapOf(Linked(isMacro: true)));
        Assert.Equal(["Link.LinkA", "Link.MAX_LINK", "SampleConstants.MaxLink"], Names(run, _ => true));
        Assert.Empty(MapOf(Linked(isMacro: false)).Text.Split("SampleConstants").Skip(1));
    }

    /// <summary>A value that the enum's integer does not hold is the macro's alone.</summary>
    [Fact]
    public void A_macro_that_does_not_fit_is_no_member()
    {
        var run = GeneratorRun.Of(new ModelFile(AbiFile.Format(Linked(isMacro: true, value: -1))), MapOf(Linked(isMacro: false)));
        Assert.Equal(["Link.LinkA", "Link.__MAX_LINK", "SampleConstants.MaxLink"], Names(run, _ => true));
        Assert.Contains("'MAX_LINK', and that is gone",
            Assert.Single(run.Diagnostics, diagnostic => diagnostic.Id == "FLT012").GetMessage(), StringComparison.Ordinal);
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
        // "E": {"as": "u32", …
        Assert.Equal((9, 16), (diagnostic.Location.GetLineSpan().StartLinePosition.Line,
            diagnostic.Location.GetLineSpan().StartLinePosition.Character));
    }
}
