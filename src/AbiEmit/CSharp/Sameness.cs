using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>Whether two descriptions give the same C#, whatever their comments say and whoever defines them.</summary>
internal static class Sameness
{
    public static bool Of(StructSpec left, StructSpec right) =>
        left.Kind == right.Kind && left.Size == right.Size && left.Align == right.Align && left.Fields.Count == right.Fields.Count
        && left.Fields.Zip(right.Fields, Of).All(same => same);

    private static bool Of(FieldSpec left, FieldSpec right) =>
        left.Name == right.Name && left.Type == right.Type && left.Offset == right.Offset && left.Size == right.Size
        && left.BitOffset == right.BitOffset && left.BitWidth == right.BitWidth
        && (left.Inline is null) == (right.Inline is null) && (left.Inline is null || Of(left.Inline, right.Inline!));

    public static bool Of(EnumSpec left, EnumSpec right) =>
        left.Type == right.Type && left.Members.Count == right.Members.Count
        && left.Members.Zip(right.Members, (a, b) => a.Name == b.Name && a.Value == b.Value).All(same => same);

    public static bool Of(GroupSpec left, GroupSpec right) =>
        left.Type == right.Type && left.Members.Count == right.Members.Count
        && left.Members.Zip(right.Members, (a, b) => a.Name == b.Name && a.Value == b.Value).All(same => same);
}
