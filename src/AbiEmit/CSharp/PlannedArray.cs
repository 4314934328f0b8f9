namespace Faultline.AbiEmit.CSharp;

/// <summary>A nested type that repeats one element.</summary>
internal sealed record PlannedArray(string Name, string Element, long Length);
