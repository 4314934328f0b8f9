namespace Faultline.AbiEmit.CSharp;

/// <summary>A bit-field, which becomes a property.</summary>
/// <param name="Bit">Bits from the start of the C# struct around it.</param>
internal sealed record PlannedBits(string Name, string Type, bool Signed, long Bit, int Width, string CName, string Doc);
