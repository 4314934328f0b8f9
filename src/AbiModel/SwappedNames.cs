namespace Faultline.AbiModel;

/// <summary>Names that a program gets from another header than before, because one includes another now.</summary>
/// <param name="Names">The names, tags without the word before them.</param>
/// <param name="Old">What stood for them, with what that needs.</param>
/// <param name="New">What stands for them now.</param>
public sealed record SwappedNames(EquatableArray<string> Names, AbiSpec Old, AbiSpec New);
