namespace Faultline.Harness.Kconfig;

/// <summary>The values of a .config.</summary>
internal sealed class KconfigValues
{
    private const string Prefix = "# CONFIG_", IsOff = " is not set";

    private readonly Dictionary<string, string> _values;
    private readonly HashSet<string> _off;

    private KconfigValues(Dictionary<string, string> values, HashSet<string> off) => (_values, _off) = (values, off);

    /// <summary>Reads a .config as kconfig wrote it; lines it does not know are skipped.</summary>
    public static KconfigValues Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var off = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(Prefix, StringComparison.Ordinal) && line.EndsWith(IsOff, StringComparison.Ordinal))
                off.Add(line[Prefix.Length..^IsOff.Length]);
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line.StartsWith("CONFIG_", StringComparison.Ordinal) && equals > 0)
                values[line["CONFIG_".Length..equals]] = line[(equals + 1)..].TrimEnd();
        }

        return new KconfigValues(values, off);
    }

    /// <summary>The value; <c>n</c> for an option that is off or absent, which kconfig treats alike.</summary>
    public string Get(string symbol) => _values.GetValueOrDefault(symbol, "n");

    /// <summary>
    /// The requests that did not make it into this configuration, but for those that a tree which lacks the option need not meet, and
    /// those for what is off only as long as nothing else needs it.
    /// </summary>
    public IReadOnlyList<KconfigRequest> Dropped(KconfigFragment fragment) =>
        [.. fragment.Requests.Where(r => r.Symbol is not ("LOCALVERSION" or "LOCALVERSION_AUTO") && !Same(r.Value, Get(r.Symbol))
            && !r.IsUnlessNeeded && !(r.IsForWhereKnown && !IsNamed(r.Symbol)))];

    /// <summary>kconfig names what it turned off. What it does not name the tree lacks, or something it depends on is off.</summary>
    private bool IsNamed(string symbol) => _values.ContainsKey(symbol) || _off.Contains(symbol);

    // Hexadecimal options come back in the writer's own case.
    private static bool Same(string requested, string actual) => string.Equals(requested, actual,
        requested.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
