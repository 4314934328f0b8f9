using System.Buffers;

namespace Faultline.Harness.Results;

/// <summary>
/// Cuts a byte stream into event lines as the bytes arrive. Bytes may be split anywhere; a line over <see cref="LongestLine"/> is
/// dropped whole and reported once; a last line without newline is a truncated one.
/// </summary>
internal sealed class EventStreamReader
{
    /// <summary>Longest line the contract allows, in bytes.</summary>
    public const int LongestLine = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();
    private bool _dropping;
    private long _number = 1;

    /// <summary>Takes the next bytes and returns the events they complete, in order.</summary>
    public IReadOnlyList<GuestEvent> Push(ReadOnlySpan<byte> bytes)
    {
        List<GuestEvent> events = [];
        while (!bytes.IsEmpty)
        {
            var newline = bytes.IndexOf((byte)'\n');
            Gather(newline < 0 ? bytes : bytes[..newline], events);
            if (newline < 0)
                break;
            Finish(events);
            bytes = bytes[(newline + 1)..];
        }

        return events;
    }

    /// <summary>Ends the stream: what is left without a newline was cut short by the guest's death.</summary>
    public IReadOnlyList<GuestEvent> Complete()
    {
        List<GuestEvent> events = [];
        if (_line.WrittenCount > 0)
        {
            var rest = _line.WrittenSpan;
            // Written whole but for its newline is still an event; the exit line of a guest that powers off at once looks so.
            if (EventLineParser.Parse(rest, _number) is { } last)
                events.Add(last is MalformedEvent ? EventLineParser.Malformed(rest, _number, "cut short: the stream ended inside this line") : last);
        }

        _line.ResetWrittenCount();
        return events;
    }

    /// <summary>Reads a recorded stream.</summary>
    public static IReadOnlyList<GuestEvent> ReadAll(ReadOnlySpan<byte> bytes)
    {
        var reader = new EventStreamReader();
        return [.. reader.Push(bytes), .. reader.Complete()];
    }

    private void Gather(ReadOnlySpan<byte> part, List<GuestEvent> events)
    {
        if (_dropping)
            return;
        if (_line.WrittenCount + part.Length > LongestLine)
        {
            var start = _line.WrittenCount > 0 ? _line.WrittenSpan : part;
            events.Add(EventLineParser.Malformed(start, _number, $"longer than {LongestLine} bytes"));
            _dropping = true;
            _line.ResetWrittenCount();
            return;
        }

        _line.Write(part);
    }

    private void Finish(List<GuestEvent> events)
    {
        if (!_dropping && EventLineParser.Parse(_line.WrittenSpan, _number) is { } parsed)
            events.Add(parsed);
        _dropping = false;
        _line.ResetWrittenCount();
        _number++;
    }
}
