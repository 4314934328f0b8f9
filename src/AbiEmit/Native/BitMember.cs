using Faultline.AbiModel;

namespace Faultline.AbiEmit.Native;

/// <summary>A bit-field.</summary>
/// <param name="Bit">Bits from the start of the record.</param>
internal sealed record BitMember(FieldSpec Field, long Bit, int Width);
