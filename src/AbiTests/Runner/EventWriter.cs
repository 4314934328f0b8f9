using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Faultline.AbiTests.Runner;

/// <summary>Writes the event stream of docs/guest-contract.md: one JSON object a line, each line in one write.</summary>
internal sealed class EventWriter : IDisposable
{
    /// <summary>A line may hold 64 KiB; message and stack, the only long texts, share half of it even when every character is escaped to six bytes.</summary>
    private const int LongestText = 2700;

    /// <summary>Observables hold + and &lt;; nobody reads this stream as HTML.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly Stream _stream;

    internal EventWriter(Stream stream) => _stream = stream;

    internal EventWriter(string path)
    {
        _stream = path == "-"
            ? Console.OpenStandardOutput()
            : new FileStream(path, File.Exists(path) ? FileMode.Open : FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        if (_stream is FileStream { CanSeek: true } file)
            file.SetLength(0);
    }

    /// <summary>Writes one event; <paramref name="fields"/> adds what belongs to it.</summary>
    internal void Write(string name, Action<Utf8JsonWriter> fields, bool withTime = true)
    {
        lock (_gate)
        {
            _line.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_line, Options))
            {
                json.WriteStartObject();
                json.WriteString("event", name);
                fields(json);
                if (withTime)
                    json.WriteNumber("t", Math.Round(_clock.Elapsed.TotalSeconds, 6));
                json.WriteEndObject();
            }
            _line.Write("\n"u8);
            _stream.Write(_line.WrittenSpan);
            _stream.Flush();
        }
    }

    internal static string Shorten(string text) => text.Length <= LongestText ? text : text[..LongestText] + " …";

    public void Dispose() => _stream.Dispose();
}
