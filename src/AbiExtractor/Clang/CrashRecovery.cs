using System.Runtime.InteropServices;

namespace Faultline.AbiExtractor.Clang;

/// <summary>
/// Makes libclang's own crash recovery hold for stack overflow too. libclang catches SIGSEGV while it parses and returns CXError_Crashed, but
/// its handler would run on the stack that has ended. Here the parsing thread gets a second stack for signals, and the handler is told to use it.
/// </summary>
/// <remarks>
/// .NET makes a NullReferenceException of the same signal. libclang sets its handlers once and never takes them away, so that the first such
/// exception after that would end the process. They stand only while something is parsed. All of this is for Linux on 64 bits with glibc's
/// layout of struct sigaction; elsewhere nothing is changed, and an overflow ends the process.
/// </remarks>
internal sealed unsafe class CrashRecovery : IDisposable
{
    private const int SIGBUS = 7;
    private const int SIGSEGV = 11;
    private const int SA_ONSTACK = 0x08000000;
    private const nuint SignalStackSize = 256 << 10;

    // struct sigaction: handler, a mask of 128 bytes, the flags, the restorer.
    private const int SigactionSize = 152;
    private const int FlagsOffset = 136;

    private static readonly bool Supported = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    private static readonly Lock Gate = new();

    /// <summary>The action of .NET for each of <see cref="Signals"/>, and that of libclang once it has set it.</summary>
    private static readonly byte[]?[] Ours = new byte[]?[2], Clangs = new byte[]?[2];

    private static int _armed;

    private readonly void* _memory;
    private readonly SignalStack _before;

    private CrashRecovery()
    {
        if (!Supported)
            return;
        _memory = NativeMemory.Alloc(SignalStackSize);
        var stack = new SignalStack { Base = _memory, Size = SignalStackSize };
        fixed (SignalStack* before = &_before)
            _ = sigaltstack(&stack, before);
        lock (Gate)
        {
            if (_armed++ == 0)
                Exchange(Clangs, Ours);
        }
    }

    private static ReadOnlySpan<int> Signals => [SIGSEGV, SIGBUS];

    /// <summary>Gives this thread a stack for signals until disposed. Parsing then has to happen on this thread, which libclang is told.</summary>
    public static CrashRecovery Arm()
    {
        if (Supported)
            _ = setenv("LIBCLANG_NOTHREADS", "1", 0);
        return new();
    }

    /// <summary>To be called after an index was made, which is when libclang sets its handlers.</summary>
    public static void MoveHandlersToSignalStack()
    {
        if (!Supported)
            return;
        var action = stackalloc byte[SigactionSize];
        foreach (var signal in Signals)
        {
            var flags = (int*)(action + FlagsOffset);
            if (sigaction(signal, null, action) != 0 || (*flags & SA_ONSTACK) != 0)
                continue;
            *flags |= SA_ONSTACK;
            _ = sigaction(signal, action, null);
        }
    }

    /// <summary>Keeps the actions that stand now, and sets others where there are any.</summary>
    private static void Exchange(byte[]?[] wanted, byte[]?[] kept)
    {
        for (var index = 0; index < Signals.Length; index++)
        {
            var now = new byte[SigactionSize];
            fixed (byte* next = wanted[index], old = now)
            {
                if (sigaction(Signals[index], next, old) == 0)
                    kept[index] = now;
            }
        }
    }

    public void Dispose()
    {
        if (_memory is null)
            return;
        lock (Gate)
        {
            if (--_armed == 0)
                Exchange(Ours, Clangs);
        }

        var before = _before;
        _ = sigaltstack(&before, null);
        NativeMemory.Free(_memory);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SignalStack
    {
        public void* Base;
        public int Flags;
        public nuint Size;
    }

    [DllImport("libc")]
    private static extern int sigaltstack(SignalStack* stack, SignalStack* old);

    [DllImport("libc")]
    private static extern int sigaction(int signal, byte* action, byte* old);

    [DllImport("libc")]
    private static extern int setenv([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
