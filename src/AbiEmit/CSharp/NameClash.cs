namespace Faultline.AbiEmit.CSharp;

/// <summary>A C name that did not get the C# name it would have alone.</summary>
/// <param name="Owner">What the scope belongs to.</param>
/// <param name="Keeper">The C name for which the name map keeps the wanted name; empty when there is none.</param>
public sealed record NameClash(string C, string Owner, string Wanted, string Given, string Keeper);
