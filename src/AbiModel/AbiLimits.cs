namespace Faultline.AbiModel;

/// <summary>What a model can tell; the extractor lists what is beyond as unresolved, the reader refuses it.</summary>
public static class AbiLimits
{
    /// <summary>Bytes of the largest record, field or typedef, and the largest offset.</summary>
    public const long LargestSize = 1L << 40;

    /// <summary>Bytes of the largest alignment.</summary>
    public const int LargestAlign = 1 << 30;

    /// <summary>Records without a name inside one another: each is written inside its field, and readers of JSON bound its depth.</summary>
    public const int DeepestRecord = 256;

    /// <summary>Bits of the widest bit-field.</summary>
    public const int WidestBits = 1 << 24;

    /// <summary>The largest argument size an ioctl request encodes: 14 bits, 13 on mips, powerpc and sparc.</summary>
    public const int LargestArgument = (1 << 14) - 1;
}
