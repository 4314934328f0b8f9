using Faultline.AbiModel;

namespace Faultline.AbiEmit.Native;

/// <summary>One piece of a record, in the order of offsets; those of a union all begin at its start.</summary>
/// <param name="Name">In the language.</param>
/// <param name="Offset">Bytes from the start of the record.</param>
/// <param name="Align">What the language aligns it to, in bytes.</param>
/// <param name="Field">Null for padding and the bytes of bit-fields.</param>
/// <param name="Inner">The record written inside the field.</param>
internal sealed record Slot(SlotKind Kind, string Name, long Offset, long Size, int Align, FieldSpec? Field, Shape? Inner);
