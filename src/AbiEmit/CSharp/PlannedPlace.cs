namespace Faultline.AbiEmit.CSharp;

/// <summary>A member that has no bytes itself, of which only the place can be told: a flexible array, or a union of some.</summary>
/// <param name="SpanName">The method that gives the elements; empty when C# has no type for one.</param>
internal sealed record PlannedPlace(string Name, long Offset, string CName, string Doc, string SpanName, string Element);
