namespace Faultline.AbiEmit.CSharp;

/// <summary>A C name that did not get the C# name it would have alone.</summary>
/// <param name="Scope">The C# scope as the name map calls it: a class, an enum or a record; empty among types.</param>
/// <param name="Owner">What the scope belongs to, for messages.</param>
/// <param name="Keeper">For what the name map keeps the wanted name; empty when it does not.</param>
public sealed record NameClash(string C, string Scope, string Owner, string Wanted, string Given, string Keeper);
