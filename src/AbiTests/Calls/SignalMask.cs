using System.Runtime.InteropServices;

namespace Faultline.AbiTests.Calls;

/// <summary>The calling thread's signal mask.</summary>
internal static unsafe partial class SignalMask
{
    private const int Block = 0, SetBytes = 128;

    /// <summary>Blocks SIGBUS for this thread and the children it forks. A fault's own signal that is blocked kills, handler or not (force_sig_info).</summary>
    internal static void BlockSigbus()
    {
        var set = stackalloc byte[SetBytes];
        new Span<byte>(set, SetBytes).Clear();
        set[0] = 1 << (Native.SigBus - 1);
        if (pthread_sigmask(Block, set, null) != 0)
            throw new InvalidOperationException("pthread_sigmask failed; SIGBUS cannot be blocked.");
    }

    [LibraryImport("libc")]
    private static partial int pthread_sigmask(int how, byte* set, byte* old);
}
