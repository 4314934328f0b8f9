using Faultline.AbiEmit.CSharp;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Tests;

/// <summary>Names and widths that stay when a header grows.</summary>
public sealed class NameMapTests
{
    private static NamespacePlan Plan(NameMap map, params AbiSpec[] specs) =>
        NamespacePlan.Of([.. specs.Select(spec => new NamespaceModel(spec, new()))], map);

    private static Dictionary<string, string> Constants(NamespacePlan plan) => NamePlan.For(plan.Models[0]).All
        .Where(name => name.Scope.EndsWith("Constants", StringComparison.Ordinal)).ToDictionary(name => name.C, name => name.CSharp);

    private static AbiSpec Flags(params ConstantSpec[] members) => Macros.Model("sample.h") with
    {
        Flags = EquatableArray.Of(new GroupSpec { Name = "S_SETUP", Type = TypeRef.Integer(1, signed: false),
            Members = members.ToEquatableArray() }),
    };

    private static AbiSpec Enum(TypeRef type, params (string Name, long Value)[] members) => Macros.Model("sample.h") with
    {
        Enums = EquatableArray.Of(new EnumSpec
        {
            Name = "kind",
            Type = type,
            Members = members.Select(member => new EnumMemberSpec { Name = member.Name, Value = member.Value }).ToEquatableArray(),
        }),
    };

    [Fact]
    public void Map_is_read_as_it_was_written()
    {
        var spec = Flags(Macros.Constant("S_SETUP_A", "1 << 0", 1)) with { Constants = EquatableArray.Of(Macros.Constant("ODD", "3", 3)) };
        var text = NameMapFile.Format(NameMap.Empty.With(Plan(NameMap.Empty, spec)));
        Assert.Equal(text, NameMapFile.Format(NameMapFile.Parse(text)));
        Assert.Contains("\"S_SETUP_A\": \"SSetupA\"", text, StringComparison.Ordinal);
        Assert.Contains("\"S_SETUP_A\": \"A\"", text, StringComparison.Ordinal);
        Assert.Contains("\"sample.h\": \"Sample\"", text, StringComparison.Ordinal);
    }

    /// <summary>A_B sorts before A__B: without a map the newcomer takes the name.</summary>
    [Fact]
    public void Newcomer_takes_no_name_away()
    {
        var old = Macros.Model("sample.h", Macros.Constant("A__B", "1", 1));
        var young = Macros.Model("sample.h", Macros.Constant("A_B", "2", 2), Macros.Constant("A__B", "1", 1));
        Assert.Equal("A__B", Constants(Plan(NameMap.Empty, young))["A__B"]);

        var plan = Plan(NameMap.Empty.With(Plan(NameMap.Empty, old)), young);
        Assert.Equal("AB", Constants(plan)["A__B"]);
        Assert.Equal("A_B", Constants(plan)["A_B"]);
        // Both are there, and each name means what it meant.
        Assert.Equal("", Assert.Single(NamePlan.For(plan.Models[0]).Clashes).Keeper);

        var gone = Plan(NameMap.Empty.With(Plan(NameMap.Empty, old)), Macros.Model("sample.h", Macros.Constant("A_B", "2", 2)));
        Assert.Equal("A_B", Constants(gone)["A_B"]);
        Assert.Equal("A__B", Assert.Single(NamePlan.For(gone.Models[0]).Clashes).Keeper);
    }

    /// <summary>What the map says once is no news.</summary>
    [Fact]
    public void Taking_over_the_new_names_settles_it()
    {
        var young = Macros.Model("sample.h", Macros.Constant("A_B", "2", 2), Macros.Constant("A__B", "1", 1));
        var map = NameMap.Empty.With(Plan(NameMap.Empty, Macros.Model("sample.h", Macros.Constant("A__B", "1", 1))));
        map = map.With(Plan(map, young));
        var plan = Plan(map, young);
        Assert.Empty(NamePlan.For(plan.Models[0]).Clashes);
        Assert.Equal("AB", Constants(plan)["A__B"]);
        Assert.Equal(map, map.With(plan));
    }

    [Fact]
    public void Name_of_what_is_gone_stays_its_own()
    {
        var map = NameMap.Empty.With(Plan(NameMap.Empty, Macros.Model("sample.h", Macros.Constant("A_B", "1", 1))));
        Assert.Equal("A__B", Constants(Plan(map, Macros.Model("sample.h", Macros.Constant("A__B", "2", 2))))["A__B"]);
    }

    [Fact]
    public void Ninth_flag_makes_no_type_wider()
    {
        var bits = Enumerable.Range(0, 9).Select(bit => Macros.Constant($"S_SETUP_S{bit}", $"1U << {bit}", 1UL << bit)).ToArray();
        TypeRef Type(ConstantSpec[] members) => Plan(NameMap.Empty, Flags(members)).Models[0].Spec.Flags[0].Type;
        Assert.Equal("u32", Type(bits).ToString());
        Assert.Equal("u32", Type(bits[..8]).ToString());
    }

    /// <summary>Which group a macro is in depends on its neighbours, until a map says it.</summary>
    [Fact]
    public void Member_stays_in_its_enum()
    {
        var (a, b, c) = (Macros.Constant("S_SETUP_A", "1 << 0", 1), Macros.Constant("S_SETUP_B", "1 << 1", 2),
            Macros.Constant("S_SETUP_C", "1 << 2", 4));
        var map = NameMap.Empty.With(Plan(NameMap.Empty, Flags(a, b)));
        var alone = Flags(b, c) with { Constants = EquatableArray.Of(a) };
        var group = Plan(map, alone).Models[0].Spec.Flags.Single();
        Assert.Equal(["S_SETUP_A", "S_SETUP_B", "S_SETUP_C"], group.Members.Select(member => member.Name));
    }

    [Fact]
    public void First_negative_enumerator_does_not_change_the_integer()
    {
        var map = NameMap.Empty.With(Plan(NameMap.Empty, Enum(TypeRef.Integer(4, signed: false), ("K_A", 1))));
        var plan = Plan(map, Enum(TypeRef.Integer(4, signed: true), ("K_A", 1), ("K_B", -1)));
        Assert.Equal("u32", plan.Models[0].Spec.Enums[0].Type.ToString());
        Assert.Empty(plan.WidthChanges);
    }

    [Fact]
    public void Enum_that_outgrows_its_integer_is_told_until_the_map_is_written()
    {
        var map = NameMap.Empty.With(Plan(NameMap.Empty, Enum(TypeRef.Integer(4, signed: false), ("K_A", 1))));
        var wide = Enum(TypeRef.Integer(8, signed: false), ("K_A", 1), ("K_B", 1L << 40));
        var plan = Plan(map, wide);
        Assert.Equal(new WidthChange("Kind", TypeRef.Integer(4, signed: false), TypeRef.Integer(8, signed: false)),
            Assert.Single(plan.WidthChanges));
        Assert.Empty(Plan(map.With(plan), wide).WidthChanges);
    }

    [Fact]
    public void Two_kernels_share_one_map()
    {
        var map = NameMap.Empty.With(Plan(NameMap.Empty, Macros.Model("sample.h", Macros.Constant("A_B", "1", 1))));
        map = map.With(Plan(map, Macros.Model("sample.h", Macros.Constant("A_C", "1", 1))));
        Assert.Equal(["A_B", "A_C"], map.Classes["SampleConstants"].Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Class_of_a_header_stays_when_another_of_its_file_name_comes()
    {
        var map = NameMap.Empty.With(Plan(NameMap.Empty, Macros.Model("asm/kvm.h")));
        var plan = Plan(map, Macros.Model("asm/kvm.h"), Macros.Model("linux/kvm.h"));
        Assert.Equal(["linux/kvm.h LinuxKvm", "asm/kvm.h Kvm"], plan.Models.Select(model => $"{model.Spec.Header} {model.HeaderClass}"));
    }
}
