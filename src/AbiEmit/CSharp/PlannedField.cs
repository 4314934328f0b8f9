namespace Faultline.AbiEmit.CSharp;

/// <summary>A member of a C# struct that occupies bytes.</summary>
/// <param name="Offset">Bytes from the start of the C# struct around it.</param>
internal sealed record PlannedField(string Name, string Type, long Offset, long Size, string CName, string Doc);
