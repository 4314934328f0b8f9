namespace Faultline.Cli.Terminal;

/// <summary>What characters the user's terminal shows, as the environment says it.</summary>
internal static class Locale
{
    public static bool IsUtf8 { get; } = TakesUtf8(Environment.GetEnvironmentVariable);

    /// <summary>Stands for what was cut off.</summary>
    public static string Ellipsis => IsUtf8 ? "…" : "...";

    /// <summary>The first of LC_ALL, LC_CTYPE and LANG that is set decides; see locale(7). None at all is the C locale, which is ASCII.</summary>
    public static bool TakesUtf8(Func<string, string?> variable)
    {
        var name = ((string[])["LC_ALL", "LC_CTYPE", "LANG"]).Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "C";
        var charset = name.Split('@')[0].Split('.');
        return charset.Length > 1 && charset[1].Replace("-", "", StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase);
    }
}
