using System.Diagnostics;

namespace Faultline.Cli.Shells;

/// <summary>
/// Finds in what is typed the way out of a shell that does not answer: Ctrl-] three times within a second, as with systemd-nspawn(1). No
/// program takes that for something else, and a single one still reaches it.
/// </summary>
internal sealed class EscapeKey
{
    private const byte Key = 0x1d;
    private const int Times = 3;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(1);
    private readonly Queue<long> _pressed = new();

    /// <returns>Whether the way out is complete.</returns>
    public bool Saw(ReadOnlySpan<byte> typed, long timestamp)
    {
        foreach (var key in typed)
        {
            if (key != Key)
            {
                _pressed.Clear();
                continue;
            }

            _pressed.Enqueue(timestamp);
            while (_pressed.Count > 0 && Stopwatch.GetElapsedTime(_pressed.Peek(), timestamp) > Within)
                _pressed.Dequeue();
            if (_pressed.Count >= Times)
                return true;
        }

        return false;
    }
}
