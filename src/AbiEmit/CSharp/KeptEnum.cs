using Faultline.AbiModel;

namespace Faultline.AbiEmit.CSharp;

/// <summary>An enum as the name map keeps it.</summary>
/// <param name="Type">The integer it is made of.</param>
/// <param name="Flags">Whether its members are bits.</param>
/// <param name="Members">C# names by C name.</param>
public sealed record KeptEnum(TypeRef Type, bool Flags, IReadOnlyDictionary<string, string> Members);
