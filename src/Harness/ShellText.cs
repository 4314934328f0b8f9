namespace Faultline.Harness;

/// <summary>Command lines that a reader can copy into a shell.</summary>
internal static class ShellText
{
    /// <summary>The words of a command as one line.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>A word that every POSIX shell reads as it is.</summary>
    public static string Quote(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "@%+=:,./-_".Contains(c, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
