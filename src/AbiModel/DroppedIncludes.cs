namespace Faultline.AbiModel;

/// <summary>Headers that a header no longer includes, and names that a program had through it because of them and has no longer.</summary>
/// <param name="Headers">As programs include them, sorted.</param>
/// <param name="Names">Sorted; a tag with its word before it. At least one.</param>
public sealed record DroppedIncludes(EquatableArray<string> Headers, EquatableArray<string> Names);
