using Docker.DotNet;

namespace Faultline.Harness.Docker;

/// <summary>A container's standard input, to be written while the container runs.</summary>
internal sealed class ContainerInputStream : Stream
{
    private const int BufferSize = 1 << 20;
    private readonly MultiplexedStream _streams;
    private bool _broken;

    private ContainerInputStream(MultiplexedStream streams) => _streams = streams;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>
    /// Writes all of the container's input and closes it. A program that ends without reading it to the end has
    /// not failed: its exit code tells. Without bytes and feed nothing is written.
    /// </summary>
    public static async Task FeedAsync(
        MultiplexedStream streams, ReadOnlyMemory<byte>? given, Func<Stream, CancellationToken, Task>? feed, bool leavesInput,
        CancellationToken cancellation)
    {
        if (given is null && feed is null)
            return;
        var input = new ContainerInputStream(streams);
        try
        {
            if (given is { } bytes)
                await input.WriteAsync(bytes, cancellation);
            if (feed is not null)
            {
                var buffered = new BufferedStream(input, BufferSize);
                await feed(buffered, cancellation);
                await buffered.FlushAsync(cancellation);
            }
        }
        catch (IOException) when (input._broken)
        {
        }
        catch (OperationCanceledException) when (leavesInput)
        {
            // Whoever was cancelled as well says so.
        }
        finally
        {
            // Also after a failure: the program waits for the end of its input, and nobody else would end it.
            streams.CloseWrite();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _streams.WriteAsync(buffer.ToArray(), 0, buffer.Length, cancellationToken);
        }
        catch (IOException)
        {
            _broken = true;
            throw;
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
