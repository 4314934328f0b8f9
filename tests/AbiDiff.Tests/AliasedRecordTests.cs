using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>A record without a tag that has several typedefs, as linux/uuid.h has: each change of a name is told once.</summary>
public sealed class AliasedRecordTests
{
    private static AbiSpec Of(string record, params string[] aliases) => new()
    {
        Structs = EquatableArray.Of(
            new StructSpec { Name = record, Tagged = false, Size = 4, Align = 4, Fields = EquatableArray.Of(Field("a", U32, 0)) },
            new StructSpec { Name = "user", Size = 4, Align = 4, Fields = EquatableArray.Of(
                Field("id", new(TypeKind.Record, "typedef " + record, default), 0) with { Size = 4, CType = "uuid_le" }) }),
        Typedefs = aliases.Select(alias => new TypedefSpec
        {
            Name = alias, CType = record, Size = 4, Type = new(TypeKind.Record, "typedef " + record, default),
        }).ToEquatableArray(),
    };

    private static string Told(AbiSpec old, AbiSpec current) => string.Join('|', AbiDiffer.Compare(old, current));

    [Fact]
    public void Which_name_comes_first_says_nothing() => Assert.Empty(Told(Of("guid_t", "uuid_le"), Of("uuid_le", "guid_t")));

    [Fact]
    public void A_name_that_is_gone_is_told_once()
    {
        Assert.Equal("typedef-removed guid_t: was uuid_le", Told(Of("guid_t", "uuid_le"), Of("uuid_le")));
        Assert.Equal("typedef-added guid_t: uuid_le", Told(Of("uuid_le"), Of("guid_t", "uuid_le")));
        Assert.Equal("typedef-removed guid_t: was uuid_le|typedef-added x_t: uuid_le", Told(Of("guid_t", "uuid_le"), Of("x_t", "uuid_le")));
    }

    /// <summary>The record stands in an included header of either side, of which this one has the typedef only.</summary>
    [Fact]
    public void A_field_of_the_same_typedef_is_the_same()
    {
        AbiSpec User(string record) => Of(record) is var spec ? spec with { Structs = EquatableArray.Of(spec.Structs[1]) } : spec;
        Assert.Empty(Told(User("guid_t"), User("uuid_le")));
    }
}
