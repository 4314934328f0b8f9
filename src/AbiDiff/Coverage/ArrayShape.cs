using Faultline.AbiModel;

namespace Faultline.AbiDiff.Coverage;

/// <summary>Arrays as sources see them that know only how many elements there are: <c>u32[4][2]</c> is <c>u32[8]</c>, and <c>u32[0]</c> is <c>u32[]</c>.</summary>
internal static class ArrayShape
{
    public static TypeRef Of(TypeRef type) =>
        type.IsArray ? type with { Dimensions = EquatableArray.Of(type.Length == 0 ? TypeRef.Flexible : type.Length) } : type;
}
