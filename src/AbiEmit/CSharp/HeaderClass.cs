namespace Faultline.AbiEmit.CSharp;

/// <summary>What the classes of each header begin with.</summary>
internal static class HeaderClass
{
    /// <summary>
    /// From the file's name: <c>Kvm</c> of <c>linux/kvm.h</c>; a second one of that name has its directory in front:
    /// <c>AsmKvm</c>.
    /// </summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> headers, NameMap map)
    {
        // Files are named after them, and some file systems see no letter case.
        var taken = new HashSet<string>(map.HeaderClasses.Values, StringComparer.OrdinalIgnoreCase);
        return [.. headers.Select(header => map.HeaderClasses.TryGetValue(header, out var kept) ? kept : Fresh(header, taken))];
    }

    private static string Fresh(string header, HashSet<string> taken)
    {
        var name = Name(Path.GetFileNameWithoutExtension(header));
        if (taken.Add(name))
            return name;
        var whole = Name(Path.ChangeExtension(header, null));
        var given = whole;
        for (var number = 2; !taken.Add(given); number++)
            given = $"{whole}_{number}";
        return given;
    }

    private static string Name(string path) => CSharpName.Pascal(string.Concat(path.Select(c => c is '-' or '.' or '/' ? '_' : c)));
}
