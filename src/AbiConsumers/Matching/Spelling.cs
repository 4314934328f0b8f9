using System.Text;

namespace Faultline.AbiConsumers.Matching;

/// <summary>A name in the styles of different languages: <c>WP_UNPOPULATED</c>, <c>WpUnpopulated</c>, <c>wp_unpopulated</c>.</summary>
internal static class Spelling
{
    /// <summary>The name without what styles differ in.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c != '_')
                plain.Append(char.ToLowerInvariant(c));
        }
        return plain.ToString();
    }

    /// <summary>Whether a token is written in CamelCase, which the header's own C names never are.</summary>
    public static bool IsCamel(string token) => !token.Contains('_', StringComparison.Ordinal) && token.Any(char.IsUpper) && token.Any(char.IsLower);

    /// <summary>Whether a token is written as constants are: <c>FEATURE_WP</c> or <c>FeatureWp</c>, and not as variables are.</summary>
    public static bool IsConstant(string token) => !token.Any(char.IsLower) || (IsCamel(token) && char.IsUpper(token[0]));

    /// <summary>The words of a name in any style, in lower case and without the plural's s: <c>FeatureFlags</c> → feature, flag.</summary>
    public static IReadOnlyList<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var at = 0; at < name.Length; at++)
        {
            var starts = char.IsUpper(name[at]) && at > 0 && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1])));
            if (name[at] == '_' || starts)
                Finish();
            if (name[at] != '_')
                word.Append(char.ToLowerInvariant(name[at]));
        }
        Finish();
        return words;

        void Finish()
        {
            if (word.Length > 0)
                words.Add(word.Length > 3 && word[^1] == 's' ? word.ToString(0, word.Length - 1) : word.ToString());
            word.Clear();
        }
    }
}
