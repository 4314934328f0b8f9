namespace Faultline.AbiEmit.Tests.Syzlang;

/// <summary>A type, or an argument of one: a name or number with what stands in its brackets, and the bits behind its colon.</summary>
internal sealed record SyzType(string Name, IReadOnlyList<SyzType> Arguments, int? Bits)
{
    public override string ToString() => Name + (Arguments.Count > 0 ? $"[{string.Join(", ", Arguments)}]" : "");
}

/// <summary>A member or an argument of a call.</summary>
internal sealed record SyzField(string Name, SyzType Type);

/// <summary>A struct, or with <paramref name="IsUnion"/> a union.</summary>
internal sealed record SyzRecord(string Name, bool IsUnion, IReadOnlyList<SyzField> Fields, IReadOnlyList<SyzType> Attributes);

/// <summary>A call with what it gives; null when that is nothing.</summary>
internal sealed record SyzCall(string Name, IReadOnlyList<SyzField> Arguments, SyzType? Result);
