using Docker.DotNet;

namespace Faultline.Harness.Docker;

/// <summary>Reads what a program in a container writes, until its end.</summary>
internal static class ContainerOutputStreams
{
    /// <param name="streams">Attached to the program.</param>
    /// <param name="onBytes">Gets every piece; the memory is valid during the call only.</param>
    /// <param name="tail">Gets every line of both streams.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task FollowAsync(
        MultiplexedStream streams, Action<OutputStream, ReadOnlyMemory<byte>> onBytes, LineTail tail, CancellationToken cancellation)
    {
        var output = new LineSplitter(tail.Add);
        var error = new LineSplitter(tail.Add);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            // WaitAsync: a read on a socket that went quiet does not always notice its token.
            var read = await streams.ReadOutputAsync(buffer, 0, buffer.Length, cancellation).WaitAsync(cancellation);
            if (read.EOF)
                break;
            var isError = read.Target == MultiplexedStream.TargetStream.StandardError;
            (isError ? error : output).Write(buffer.AsSpan(0, read.Count));
            onBytes(isError ? OutputStream.StandardError : OutputStream.StandardOutput, buffer.AsMemory(0, read.Count));
        }

        output.Complete();
        error.Complete();
    }
}
