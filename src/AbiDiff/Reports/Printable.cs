using System.Globalization;
using System.Text;

namespace Faultline.AbiDiff.Reports;

/// <summary>Text of a header as a terminal or a page may have it: on one line, and without what such a reader obeys.</summary>
internal static class Printable
{
    /// <summary>The text, with control characters and those that turn its direction as <c>\x1b</c> or <c>\u202e</c>.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsObeyed))
            return text;
        var printable = new StringBuilder();
        foreach (var c in text)
        {
            var (form, digits) = c <= '\xff' ? ("\\x", "x2") : ("\\u", "x4");
            printable.Append(IsObeyed(c) ? form + ((int)c).ToString(digits, CultureInfo.InvariantCulture) : c.ToString());
        }
        return printable.ToString();
    }

    private static bool IsObeyed(char c) => char.IsControl(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
