using System.Text;

namespace Faultline.Harness.Guest;

/// <summary>Keeps the beginning and the end of what a guest writes, however much that is. The middle of more than twice <paramref name="half"/> is left out.</summary>
/// <param name="path">Where the whole log is kept.</param>
/// <param name="half">How many bytes are kept of either end.</param>
internal sealed class BoundedLog(string path, int half = 32 << 20) : IDisposable
{
    private readonly FileStream _file = File.Create(path);
    private byte[] _end = [];
    private long _total;

    /// <summary>Bytes that were not kept.</summary>
    public long LeftOut => Math.Max(0, _total - (2L * half));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        var first = (int)Math.Clamp(half - _total, 0, bytes.Length);
        _file.Write(bytes[..first]);
        _total += first;
        bytes = bytes[first..];
        if (bytes.IsEmpty)
            return;
        if (_end.Length == 0)
            _end = new byte[half];
        while (!bytes.IsEmpty)
        {
            var at = (int)((_total - half) % half);
            var count = Math.Min(half - at, bytes.Length);
            bytes[..count].CopyTo(_end.AsSpan(at));
            _total += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Writes what is kept of the end.</summary>
    public void Complete()
    {
        var late = _total - half;
        if (late > 0)
        {
            var at = (int)(late % half);
            if (late > half)
            {
                _file.Write(Encoding.UTF8.GetBytes($"\n[... {LeftOut} bytes left out ...]\n"));
                _file.Write(_end.AsSpan(at));
            }

            _file.Write(_end.AsSpan(0, late > half ? at : (int)late));
        }

        _file.Flush();
    }

    public void Dispose() => _file.Dispose();
}
