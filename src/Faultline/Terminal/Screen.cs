using System.Text;

namespace Faultline.Cli.Terminal;

/// <summary>
/// The terminal that standard output and standard error share: what they print scrolls by above one status line. Everything written to it goes
/// through here, for a line printed while the status is shown has to take its place.
/// </summary>
/// <param name="error">Standard error, where the status is drawn.</param>
internal sealed class Screen(Stream error)
{
    private const string EraseLine = "\r\x1b[K";
    private readonly Lock _gate = new();
    private string _status = "";
    private bool _inLine;

    public void Print(Stream stream, string text)
    {
        lock (_gate)
        {
            if (_status.Length > 0 && !_inLine)
                Send(error, EraseLine);
            Send(stream, text);
            _inLine = text[^1] != '\n';
            if (!_inLine && _status.Length > 0)
                Send(error, _status);
        }
    }

    /// <summary>Draws the status in the place of the one before; an empty one removes it. It must fit the terminal's width.</summary>
    public void Show(string status)
    {
        lock (_gate)
        {
            var drawn = _status;
            _status = status;
            if (!_inLine && (drawn.Length > 0 || status.Length > 0))
                Send(error, EraseLine + status);
        }
    }

    /// <summary>Empties the window; what it held stays in the terminal's history where it keeps one.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _inLine = false;
            Send(error, "\x1b[2J\x1b[H" + _status);
        }
    }

    private static void Send(Stream stream, string text)
    {
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush();
    }
}
