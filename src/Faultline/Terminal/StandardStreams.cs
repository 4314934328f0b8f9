using System.Runtime.InteropServices;

namespace Faultline.Cli.Terminal;

/// <summary>
/// The streams that a process begins with. Who starts it may have closed some (<c>&gt;&amp;-</c>): .NET then has no stream to give, and
/// whatever is opened next gets the descriptor, and what is meant for the stream. So <c>/dev/null</c> takes each place that is empty.
/// </summary>
internal static class StandardStreams
{
    private const int Stdin = 0, Stdout = 1, Stderr = 2;

    // fcntl.h
    private const int F_GETFD = 1, FD_CLOEXEC = 1, O_RDWR = 2;

    private static readonly bool[] Closed = FindClosed();

    /// <summary>Whether standard input was closed; what has its descriptor is not for reading.</summary>
    public static bool HasNoInput => Closed[Stdin];

    /// <summary>Standard output, or where there is none a stream that refuses all: a result must not be lost in silence.</summary>
    public static Stream Output { get; } = Closed[Stdout] ? new ClosedStream() : Console.OpenStandardOutput();

    /// <summary>Standard error; messages that nobody wants are lost.</summary>
    public static Stream Error { get; } = Closed[Stderr] ? Stream.Null : Console.OpenStandardError();

    private static bool[] FindClosed()
    {
        var closed = new bool[Stderr + 1];
        for (var descriptor = Stdin; descriptor <= Stderr; descriptor++)
        {
            var flags = fcntl(descriptor, F_GETFD);
            // The flag goes where a program is started: what has it was opened by the runtime since, a pipe between its threads.
            closed[descriptor] = flags == -1 || (flags & FD_CLOEXEC) != 0;
            // The lowest free number is this one, for those below it are taken by now.
            if (flags == -1 && open("/dev/null", O_RDWR) is var opened && opened > Stderr)
                _ = close(opened);
        }
        return closed;
    }

    [DllImport("libc")]
    private static extern int fcntl(int descriptor, int command);

    [DllImport("libc")]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc")]
    private static extern int close(int descriptor);
}
