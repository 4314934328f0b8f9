using System.Text.RegularExpressions;
using Faultline.AbiModel;

namespace Faultline.AbiDiff.Settling;

/// <summary>Gives records and enums of a model other tags, where they are defined and wherever they are named.</summary>
internal static class TypeRenaming
{
    /// <param name="names">The id of each, and the one it gets: <c>struct x</c>, <c>enum x</c>, <c>typedef x</c>.</param>
    public static AbiSpec Of(AbiSpec spec, IReadOnlyDictionary<string, string> names)
    {
        if (names.Count == 0)
            return spec;
        TypeRef Type(TypeRef type) => names.TryGetValue(type.Name, out var name) ? type with { Name = name } : type;
        string Text(string full) => full.Length == 0 ? full : names.Aggregate(
            full, (text, name) => Regex.Replace(text, $@"\b{Regex.Escape(name.Key)}(?!\w)", _ => name.Value));
        StructSpec Record(StructSpec record) => record with
        {
            Fields = record.Fields.Select(field =>
                field with
                {
                    Type = Type(field.Type),
                    Pointee = field.Pointee is { } to ? Type(to) : null,
                    Full = Text(field.Full),
                    Inline = field.Inline is { } inline ? Record(inline) : null,
                    Unnamed = field.Unnamed.Select(Record).ToEquatableArray(),
                }).ToEquatableArray(),
        };
        return spec with
        {
            Structs = spec.Structs.Select(record =>
                Record(names.TryGetValue(record.Id, out var id)
                    ? record with { Tagged = !id.StartsWith("typedef ", StringComparison.Ordinal), Name = Tag(id) } : record))
                .ToEquatableArray(),
            Enums = spec.Enums.Select(item => names.TryGetValue(item.Id, out var id) ? item with { Tagged = true, Name = Tag(id) }
                : item).ToEquatableArray(),
            Typedefs = spec.Typedefs.Select(item => item with
            {
                Type = Type(item.Type), Full = Text(item.Full), Unnamed = item.Unnamed.Select(Record).ToEquatableArray(),
            }).ToEquatableArray(),
            Ioctls = spec.Ioctls.Select(ioctl => ioctl with { ArgumentType = Type(ioctl.ArgumentType) }).ToEquatableArray(),
        };
    }

    /// <summary>An id without its first word.</summary>
    public static string Tag(string id) => id[(id.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
