namespace Faultline.Harness.Kconfig;

/// <summary>The values of a .config.</summary>
internal sealed class KconfigValues
{
    private readonly Dictionary<string, string> _values;

    private KconfigValues(Dictionary<string, string> values) => _values = values;

    /// <summary>Reads a .config as kconfig wrote it; lines it does not know are skipped.</summary>
    public static KconfigValues Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line.StartsWith("CONFIG_", StringComparison.Ordinal) && equals > 0)
                values[line["CONFIG_".Length..equals]] = line[(equals + 1)..].TrimEnd();
        }

        return new KconfigValues(values);
    }

    /// <summary>The value; <c>n</c> for an option that is off or absent, which kconfig treats alike.</summary>
    public string Get(string symbol) => _values.GetValueOrDefault(symbol, "n");

    /// <summary>The requests that did not make it into this configuration.</summary>
    public IReadOnlyList<KconfigRequest> Dropped(KconfigFragment fragment) =>
        [.. fragment.Requests.Where(r => r.Symbol is not ("LOCALVERSION" or "LOCALVERSION_AUTO") && !Same(r.Value, Get(r.Symbol)))];

    // Hexadecimal options come back in the writer's own case.
    private static bool Same(string requested, string actual) => string.Equals(requested, actual,
        requested.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
