using System.Text;
using Faultline.Harness;
using Faultline.Harness.Judging;

namespace Faultline.Cli.Terminal;

/// <summary>
/// Standard output or standard error as text: UTF-8 to files and pipes, whatever the locale, for what is read there is data; to a terminal what it can show.
/// A reader who has gone (<c>| head</c>) is no failure: .NET ignores EPIPE on these streams.
/// </summary>
/// <param name="stream">Where the bytes go.</param>
/// <param name="screen">The terminal that the stream leads to; null when it leads elsewhere.</param>
/// <param name="quiet">Loses what cannot be written: progress and messages, for nobody is left to tell. A result that is lost is a failure.</param>
internal sealed class StandardWriter(Stream stream, Screen? screen, bool quiet) : TextWriter
{
    /// <summary>Replaces control characters in what is written to a terminal; not for the one who writes colours.</summary>
    public bool Cleans { get; init; }

    public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        try
        {
            if (screen is null)
            {
                stream.Write(Encoding.GetBytes(value));
                stream.Flush();
            }
            else
            {
                screen.Print(stream, Shown(value));
            }
        }
        catch (IOException) when (quiet)
        {
        }
        catch (IOException e)
        {
            throw new OutputLostException(e);
        }
    }

    private string Shown(string value)
    {
        var clean = Cleans ? Printable.Of(value) : value;
        return Locale.IsUtf8 ? clean : Printable.Ascii(clean);
    }
}

/// <summary>A result did not reach standard output: a full disk, a terminal that is gone.</summary>
internal sealed class OutputLostException(IOException cause)
    : FaultlineException(VerdictKind.Infrastructure, $"standard output cannot be written: {cause.Message}", cause);
