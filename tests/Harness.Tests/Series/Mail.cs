using System.Globalization;
using System.Text;

namespace Faultline.Harness.Tests.Series;

/// <summary>What mail programs do to mails on their way.</summary>
internal static class Mail
{
    private static readonly Encoding Bytes = Encoding.Latin1;

    public static byte[] Edit(byte[] mail, Func<string, string> edit) => Bytes.GetBytes(edit(Bytes.GetString(mail)));

    public static byte[] Replace(byte[] mail, string before, string after) => Edit(mail, text =>
        text.Contains(before, StringComparison.Ordinal)
        ? text.Replace(before, after, StringComparison.Ordinal)
        : throw new ArgumentException($"the mail does not contain '{before}'.", nameof(before)));

    public static byte[] WithDosLines(byte[] mail) => Edit(mail, text => text.Replace("\n", "\r\n", StringComparison.Ordinal));

    /// <summary>DOS line ends in the text and not in the head, as programs encode them.</summary>
    public static byte[] WithDosBody(byte[] mail) => Edit(mail, text =>
    {
        var (head, body) = Divide(text);
        return $"{head}\n\n{body.Replace("\n", "\r\n", StringComparison.Ordinal)}";
    });

    public static byte[] AsBase64(byte[] mail) => Encoded(mail, "base64", Base64);

    public static byte[] AsQuotedPrintable(byte[] mail) => Encoded(mail, "quoted-printable", body =>
        string.Join('\n', body.Split('\n').Select(line => Folded(line.Select(Quoted)))));

    /// <summary>As a program with format=flowed sends it: a line that begins with a blank gets one more.</summary>
    public static byte[] AsFlowed(byte[] mail) => Edit(mail, text =>
    {
        var (head, body) = Divide(text);
        return WithoutContentHeaders(head) + "\nContent-Type: text/plain; charset=UTF-8; format=flowed\nContent-Transfer-Encoding: 8bit\n\n"
            + string.Join('\n', body.Split('\n').Select(Stuffed));

        static string Stuffed(string line) =>
            line.StartsWith(' ') || line.StartsWith('>') || line.StartsWith("From ", StringComparison.Ordinal) ? " " + line : line;
    });

    /// <summary>The diff as an attachment of type text/x-patch, in base64.</summary>
    public static byte[] AsAttachment(byte[] mail) => Edit(mail, text =>
    {
        var (head, body) = Divide(text);
        var at = body.IndexOf("\n---\n", StringComparison.Ordinal);
        return WithoutContentHeaders(head) + "\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=-=\"\n\n"
            + "--=-=\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n" + body[..at]
            + "\n--=-=\nContent-Type: text/x-patch; name=a.patch\nContent-Disposition: attachment; filename=a.patch\n"
            + "Content-Transfer-Encoding: base64\n\n" + Base64(body[(at + 5)..]) + "--=-=--\n";
    });

    private static string Base64(string text) =>
        string.Concat(Convert.ToBase64String(Bytes.GetBytes(text)).Chunk(76).Select(line => new string(line) + "\n"));

    private static byte[] Encoded(byte[] mail, string encoding, Func<string, string> encode) => Edit(mail, text =>
    {
        var (head, body) = Divide(text);
        return WithoutContentHeaders(head) + "\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
            + $"Content-Transfer-Encoding: {encoding}\n\n{encode(body)}";
    });

    private static (string Head, string Body) Divide(string mail)
    {
        var at = mail.IndexOf("\n\n", StringComparison.Ordinal);
        return (mail[..at], mail[(at + 2)..]);
    }

    private static string WithoutContentHeaders(string head) => string.Join('\n', head.Split('\n').Where(line =>
        !line.StartsWith("Content-", StringComparison.Ordinal) && !line.StartsWith("MIME-Version", StringComparison.Ordinal)));

    private static string Quoted(char c) =>
        c is >= ' ' and <= '~' and not '=' ? c.ToString() : "=" + ((int)c).ToString("X2", CultureInfo.InvariantCulture);

    private static string Folded(IEnumerable<string> letters)
    {
        var text = new StringBuilder();
        var width = 0;
        foreach (var letter in letters)
        {
            if (width + letter.Length > 72)
            {
                text.Append("=\n");
                width = 0;
            }

            text.Append(letter);
            width += letter.Length;
        }

        return text.ToString();
    }
}
