using Faultline.AbiModel;

namespace Faultline.AbiSources.Btf;

/// <summary>Which of a kernel's hundred thousand types are asked for.</summary>
/// <param name="Records">Ids as <see cref="StructSpec.Id"/> has them.</param>
/// <param name="Enums">Ids as <see cref="EnumSpec.Id"/> has them.</param>
/// <param name="Typedefs">Names.</param>
public sealed record WantedTypes(IReadOnlyList<string> Records, IReadOnlyList<string> Enums, IReadOnlyList<string> Typedefs)
{
    /// <summary>Everything that has a layout in a header's model. What those need in turn is read without being named.</summary>
    public static WantedTypes Of(AbiSpec spec) =>
        new([.. spec.Structs.Select(record => record.Id)], [.. spec.Enums.Select(item => item.Id)], [.. spec.Typedefs.Select(item => item.Name)]);
}
