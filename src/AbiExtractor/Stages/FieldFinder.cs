using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Stages;

/// <summary>Finds the field that a group of macros is stored in, by name: UFFDIO_COPY_MODE belongs to uffdio_copy.mode.</summary>
internal sealed class FieldFinder(AbiSpec spec)
{
    private readonly List<(string Path, TypeRef Type)> _fields =
        [.. spec.Structs.Where(record => record.Origin.Length == 0).SelectMany(record => Fields(record, record.Name))];

    /// <summary>The one field whose name is the group's last word and whose path has all its other words; null when none or several have.</summary>
    public (string Path, TypeRef Type)? Find(string group)
    {
        var words = group.ToLowerInvariant().Split('_', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return null;
        var last = words[^1].TrimEnd('s');
        var found = _fields.Where(field => LastPart(field.Path).SequenceEqual(last) && HasAll(field.Path, words[..^1])).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static ReadOnlySpan<char> LastPart(string path) => path.AsSpan(path.LastIndexOf('.') + 1).TrimEnd('s');

    private static bool HasAll(string path, string[] words)
    {
        var parts = path.Split('.', '_');
        return words.All(word => parts.Any(part => part.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<(string Path, TypeRef Type)> Fields(StructSpec record, string path)
    {
        foreach (var field in record.Fields)
        {
            var name = field.Name.Length == 0 ? path : $"{path}.{field.Name}";
            if (field.Inline is { } inline)
            {
                foreach (var inner in Fields(inline, name))
                    yield return inner;
            }
            else if (field.Type is { Kind: TypeKind.Integer, IsArray: false } && field.BitWidth is null)
            {
                yield return (name, field.Type);
            }
        }
    }
}
