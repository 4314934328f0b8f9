using Faultline.AbiModel;

namespace Faultline.AbiSources.Btf;

/// <summary>Models from BTF, as <c>bpftool -j btf dump file X format raw</c> prints it.</summary>
public static class BtfModel
{
    /// <summary>BTF tells where every field is, and nothing about attributes, macros or the header a type comes from.</summary>
    public static AbiCoverage Coverage { get; } = new()
    {
        Records = Reach.Named,
        Enums = Reach.Named,
        Typedefs = Reach.Named,
        Macros = Reach.None,
        Ioctls = Reach.None,
        Unknown = AbiDetails.Target | AbiDetails.Alignment | AbiDetails.Packing | AbiDetails.ArrayShape | AbiDetails.CharacterSign
            | AbiDetails.Qualifiers,
        Because = "debug information holds the types that compiled code uses, without attributes and macros",
    };

    /// <summary>The types that a header's model names, and those they need, as the BTF has them.</summary>
    /// <param name="json">What bpftool printed.</param>
    /// <param name="names">The model whose records, enums and typedefs are looked for.</param>
    /// <param name="pointerSize">Bytes; BTF does not say.</param>
    /// <exception cref="FormatException">The text is no such dump, or contradicts itself.</exception>
    public static AbiSpec Read(ReadOnlySpan<byte> json, AbiSpec names, int pointerSize = 8) =>
        new BtfTranslator(BtfTypes.Parse(json), pointerSize).AddTo(new AbiSpec { Header = names.Header }, WantedTypes.Of(names));
}
