using System.Buffers;
using System.Text;

namespace Faultline.Harness.Docker;

/// <summary>
/// Turns a byte stream that arrives in pieces into lines. A piece may end inside a line or inside a UTF-8 sequence. A carriage return
/// before the line feed is dropped: serial consoles write both. Lines longer than <paramref name="limit"/> bytes are handed on in parts.
/// </summary>
internal sealed class LineSplitter(Action<string> onLine, int limit = 1 << 20)
{
    private readonly ArrayBufferWriter<byte> _pending = new();

    public void Write(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            var end = piece.IndexOf((byte)'\n');
            var part = end < 0 ? piece : piece[..end];
            var room = limit - _pending.WrittenCount;
            if (part.Length > room)
            {
                _pending.Write(part[..room]);
                piece = piece[room..];
                Emit();
                continue;
            }

            _pending.Write(part);
            if (end < 0)
                return;
            Emit();
            piece = piece[(end + 1)..];
        }
    }

    /// <summary>Hands on a last line that has no line feed.</summary>
    public void Complete()
    {
        if (_pending.WrittenCount > 0)
            Emit();
    }

    private void Emit()
    {
        var bytes = _pending.WrittenSpan;
        if (bytes is [.. var text, (byte)'\r'])
            bytes = text;
        var line = Encoding.UTF8.GetString(bytes);
        _pending.ResetWrittenCount();
        onLine(line);
    }
}

/// <summary>Keeps the last lines added. Safe for use from several threads.</summary>
internal sealed class LineTail(int capacity)
{
    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            while (_lines.Count > capacity)
                _lines.Dequeue();
        }
    }

    public IReadOnlyList<string> ToList()
    {
        lock (_lines)
            return [.. _lines];
    }
}
