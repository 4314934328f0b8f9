using System.Runtime.InteropServices;

namespace Faultline.Launcher;

/// <summary>How this process asks the kernel for memory.</summary>
internal static class ProcessMemory
{
    // malloc.h of glibc.
    private const int M_TOP_PAD = -2;
    private const int M_ARENA_MAX = -8;

    /// <summary>Bytes to ask for beyond what is needed: a small header's parse needs some three million.</summary>
    private const int Step = 4 << 20;

    /// <summary>
    /// libclang runs on a thread of its own (for its stack), and malloc's heap of such a thread grows by mprotect(2) of a page or two: hundreds of
    /// calls for one header. The main heap does for both, for only one of them works at a time. What glibc does not take is no error: it is slower.
    /// </summary>
    public static void GrowInLargeSteps()
    {
        _ = mallopt(M_ARENA_MAX, 1);
        _ = mallopt(M_TOP_PAD, Step);
    }

    [DllImport("libc")]
    private static extern int mallopt(int parameter, int value);
}
