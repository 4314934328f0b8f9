namespace Faultline.AbiEmit.Native;

/// <summary>The names given in one scope of a language: each once, and none that is a word of the language.</summary>
/// <param name="reserved">Words that cannot be names.</param>
internal sealed class Identifiers(IEnumerable<string> reserved)
{
    private readonly HashSet<string> _taken = new(reserved, StringComparer.Ordinal);

    /// <summary>The wanted name, or when it is taken one with signs behind it.</summary>
    public string Give(string wanted)
    {
        var name = wanted;
        for (var number = 1; !_taken.Add(name); number++)
            name = number == 1 ? wanted + "_" : $"{wanted}_{number}";
        return name;
    }

    /// <summary>A name like the wanted one that nothing has; it is not taken.</summary>
    public string Free(string wanted) => _taken.Contains(wanted) ? Free(wanted + "_") : wanted;

    /// <summary>C takes letters of any script and the dollar sign; all but letters and digits of ASCII becomes an underscore.</summary>
    public static string Plain(string name) =>
        string.Concat(name.Select(c => c is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? c : '_'));
}
