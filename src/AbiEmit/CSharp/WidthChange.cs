using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>An enum whose values no longer fit the integer it was made of.</summary>
public sealed record WidthChange(string Enum, TypeRef Was, TypeRef Is);
