namespace Faultline.AbiEmit.Native;

/// <summary>What a piece of a record is.</summary>
internal enum SlotKind
{
    /// <summary>A member with a type of the language.</summary>
    Field,

    /// <summary>A member whose bytes alone can be told: the language has no such type, or not at such an offset.</summary>
    Bytes,

    /// <summary>A member without any bytes: a flexible array.</summary>
    Place,

    /// <summary>The bytes that bit-fields lie in.</summary>
    Bits,

    /// <summary>Bytes without a member.</summary>
    Padding,
}
