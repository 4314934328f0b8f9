using System.Runtime.InteropServices;
using Faultline.Machine;

namespace Faultline.Cli.Terminal;

/// <summary>
/// The streams that a process begins with. Who starts it may have closed some (<c>&gt;&amp;-</c>): .NET then has no stream to give, and
/// whatever is opened next gets the descriptor, and what is meant for the stream. So <c>/dev/null</c> takes each place that is empty.
/// </summary>
internal static class StandardStreams
{
    private const int Stdin = 0, Stdout = 1, Stderr = 2;

    // fcntl.h
    private const int O_RDWR = 2;

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
            closed[descriptor] = StandardDescriptor.WasClosed(descriptor);
            // The lowest free number is this one, for those below it are taken by now.
            if (StandardDescriptor.IsFree(descriptor) && open("/dev/null", O_RDWR) is var opened && opened > Stderr)
                _ = close(opened);
        }
        return closed;
    }

    [DllImport("libc")]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc")]
    private static extern int close(int descriptor);
}
