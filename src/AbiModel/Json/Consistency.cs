namespace Faultline.AbiModel.Json;

/// <summary>What no single item shows: names that stand twice, and records that cannot be laid out.</summary>
internal static class Consistency
{
    /// <summary>The first thing that is wrong, or null.</summary>
    public static string? Problem(AbiSpec spec) =>
        Twice("structs", spec.Structs.Select(s => s.Id))
        ?? Twice("enums", spec.Enums.Select(e => e.Id))
        ?? Twice("typedefs", spec.Typedefs.Select(t => t.Name))
        ?? Twice("flags and events", spec.Flags.Concat(spec.Events).Select(group => group.Name))
        ?? Twice("constants, flags, events, ioctls and unresolved", Macros(spec))
        ?? spec.Structs.Select(record => Beyond(record, record.Id)).FirstOrDefault(problem => problem is not null)
        ?? spec.Typedefs.Select(item => (item.Name, item.Unnamed)).Concat(spec.Unresolved.Select(item => (item.Name, item.Unnamed)))
            .SelectMany(item => item.Unnamed.Select(record => Beyond(record, item.Name + "->")))
            .FirstOrDefault(problem => problem is not null)
        ?? Endless(spec);

    private static IEnumerable<string> Macros(AbiSpec spec) =>
        spec.Constants.Concat(spec.Flags.Concat(spec.Events).SelectMany(group => group.Members)).Select(constant => constant.Name)
            .Concat(spec.Ioctls.Select(ioctl => ioctl.Name))
            .Concat(spec.Unresolved.Where(item => item.Kind != "declaration").Select(item => item.Name));

    private static string? Twice(string list, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !seen.Add(name)) is { } name ? $"\"{name}\" stands twice in {list}" : null;
    }

    /// <summary>A field that ends behind its record. A bit-field has the size of its type, of which a packed record may hold a part.</summary>
    private static string? Beyond(StructSpec record, string path)
    {
        foreach (var field in record.Fields)
        {
            if (field.BitWidth is null && field.Offset + field.Size > record.Size)
                return $"field \"{field.Name}\" of {path} ends at byte {field.Offset + field.Size} of {record.Size}";
            if (field.Inline is { } inline && Beyond(inline, $"{path}.{field.Name}") is { } inside)
                return inside;
            if (field.Unnamed.Select(unnamed => Beyond(unnamed, $"{path}.{field.Name}->")).FirstOrDefault(found => found is not null)
                is { } behind)
                return behind;
        }
        return null;
    }

    /// <summary>A record that is a part of itself. Records are peeled off once all that they hold is; what remains goes in circles.</summary>
    private static string? Endless(AbiSpec spec)
    {
        var known = new HashSet<string>(spec.Structs.Select(record => record.Id), StringComparer.Ordinal);
        var waiting = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var holders = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var record in spec.Structs)
        {
            var parts = new HashSet<string>(Parts(record).Where(known.Contains), StringComparer.Ordinal);
            waiting.Add(record.Id, parts);
            foreach (var part in parts)
            {
                if (!holders.TryGetValue(part, out var list))
                    holders.Add(part, list = []);
                list.Add(record.Id);
            }
        }
        var free = new Queue<string>(waiting.Where(item => item.Value.Count == 0).Select(item => item.Key));
        while (free.Count > 0)
        {
            var done = free.Dequeue();
            waiting.Remove(done);
            foreach (var holder in holders.TryGetValue(done, out var list) ? list : [])
            {
                if (waiting[holder].Remove(done) && waiting[holder].Count == 0)
                    free.Enqueue(holder);
            }
        }
        return waiting.Count == 0 ? null : $"{waiting.Keys.OrderBy(id => id, StringComparer.Ordinal).First()} is a part of itself";
    }

    private static IEnumerable<string> Parts(StructSpec record) => record.Fields.SelectMany(field =>
        field.Inline is { } inline ? Parts(inline) : field.Type.IsRecord ? [field.Type.Name] : Enumerable.Empty<string>());
}
