using Faultline.AbiModel;

namespace Faultline.AbiEmit.Tests;

/// <summary>What a list of wanted names takes of a model.</summary>
public sealed class NameListTests
{
    private static readonly FieldSpec Inner = new() { Name = "at", CType = "struct inner", Type = Record("struct inner"), Size = 4 };

    private static readonly AbiSpec Spec = Macros.Model("linux/sample.h", Macros.Constant("A_ONE", "1", 1),
        Macros.Constant("A_TWO", "2", 2), Macros.Constant("B_ONE", "1", 1)) with
    {
        Structs = EquatableArray.Of(
            new StructSpec { Name = "inner", Size = 4, Align = 4 },
            new StructSpec { Name = "other", Size = 4, Align = 4 },
            new StructSpec { Name = "outer", Size = 4, Align = 4, Fields = EquatableArray.Of(Inner) }),
        Ioctls = EquatableArray.Of(new IoctlSpec { Name = "GET", Argument = "struct outer", ArgumentType = Record("struct outer") }),
        Unresolved = EquatableArray.Of(new UnresolvedSpec { Name = "A_CALL", Kind = "function-like" }),
    };

    private static TypeRef Record(string id) => TypeRef.TryParse(id, out var type) ? type : throw new ArgumentException(id, nameof(id));

    private static string Names(AbiSpec spec) => string.Join(' ', spec.Constants.Select(constant => constant.Name)
        .Concat(spec.Structs.Select(record => record.Name)).Concat(spec.Ioctls.Select(ioctl => ioctl.Name))
            .Concat(spec.Unresolved.Select(item => item.Name)));

    [Theory]
    [InlineData("A_ONE", "A_ONE")]
    [InlineData("A_*", "A_ONE A_TWO A_CALL")]
    [InlineData("?_ONE", "A_ONE B_ONE")]
    [InlineData("*_ONE\n!B_*", "A_ONE")]
    [InlineData("!B_*\n*_ONE", "A_ONE")]
    [InlineData("A_ONE # why\n// and no more", "A_ONE")]
    [InlineData("GET", "inner outer GET")]
    [InlineData("outer", "inner outer")]
    [InlineData("other", "other")]
    [InlineData("linux/sample.h\n!A_*\n!GET", "B_ONE inner other outer")]
    [InlineData("linux/*.h", "A_ONE A_TWO B_ONE inner other outer GET A_CALL")]
    [InlineData("a_one", "")]
    public void Named_things_come_with_what_they_are_made_of(string list, string names) =>
        Assert.Equal(names, Names(NameList.Parse(list).Select(Spec).Spec));

    [Fact]
    public void Lines_that_named_something()
    {
        var (_, used) = NameList.Parse("A_ONE\n\nA_NINE\n!B_*\nlinux/sample.h\nlinux/nowhere.h\n").Select(Spec);
        Assert.Equal([1, 4, 5], used);
    }
}
