using System.Runtime.InteropServices;

namespace Faultline.Cli.Terminal;

/// <summary>
/// Standard input, byte by byte as it comes. Nothing is read ahead: what is not asked for stays for whoever reads next, and a wait can be
/// ended, which a read cannot.
/// </summary>
internal static class StandardInput
{
    private const int Descriptor = 0;

    // poll.h and errno.h
    private const short POLLIN = 1;
    private const int EINTR = 4, EAGAIN = 11;

    /// <summary>How long a wait goes on that somebody has ended.</summary>
    private const int Patience = 100;

    /// <returns>How many bytes came; 0 at the end.</returns>
    /// <exception cref="OperationCanceledException">It was no longer wanted; nothing was read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Task<int> ReadAsync(byte[] buffer, CancellationToken cancellation) => Task.Factory.StartNew(
        () => Read(buffer, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static int Read(byte[] buffer, CancellationToken cancellation)
    {
        if (StandardStreams.HasNoInput)
            return 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var wanted = new Poll { Descriptor = Descriptor, Events = POLLIN };
            var ready = poll(ref wanted, 1, Patience);
            if (ready == 0 || (ready < 0 && Marshal.GetLastPInvokeError() == EINTR))
                continue;
            var count = read(Descriptor, buffer, (nuint)buffer.Length);
            if (count >= 0)
                return (int)count;
            if (Marshal.GetLastPInvokeError() is not (EINTR or EAGAIN))
                throw new IOException($"standard input cannot be read: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int poll(ref Poll descriptors, nuint count, int milliseconds);

    [DllImport("libc", SetLastError = true)]
    private static extern nint read(int descriptor, byte[] buffer, nuint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Events;
        public short Answered;
    }
}
