using System.Runtime.CompilerServices;

namespace Faultline.AbiTests.Generated;

/// <summary>Where a field of a C# struct lies, and where clang put it. Offsets and sizes in bytes.</summary>
public readonly record struct FieldLayout(string Name, long Offset, int Size, int COffset, int CSize)
{
    /// <summary>Measures one field.</summary>
    /// <param name="record">A struct.</param>
    /// <param name="field">Its field.</param>
    /// <param name="name">Of the field.</param>
    /// <param name="offset">From the header.</param>
    /// <param name="size">From the header.</param>
    public static FieldLayout Of<TRecord, TField>(in TRecord record, in TField field, string name, int offset, int size)
        where TRecord : unmanaged
        where TField : unmanaged
    {
        var start = Unsafe.ByteOffset(
            ref Unsafe.As<TRecord, byte>(ref Unsafe.AsRef(in record)), ref Unsafe.As<TField, byte>(ref Unsafe.AsRef(in field)));
        return new(name, start, Unsafe.SizeOf<TField>(), offset, size);
    }
}
