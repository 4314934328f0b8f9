namespace Faultline.AbiEmit.Syzlang;

/// <summary>A set of constants that a member takes.</summary>
internal sealed record SyzFlags(string Name, IReadOnlyList<string> Members)
{
    public override string ToString() => $"{Name} = {string.Join(", ", Members)}";
}
