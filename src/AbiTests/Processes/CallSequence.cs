using System.Runtime.InteropServices;
using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Memory;

namespace Faultline.AbiTests.Processes;

/// <summary>
/// C calls to be made one after another by a child that must not enter the runtime: a chain of contexts (makecontext(3)), each of which goes on
/// to the next when its function returns. The last call must not return.
/// </summary>
internal sealed unsafe partial class CallSequence : IDisposable
{
    /// <summary>Room for a <c>ucontext_t</c>: 968 bytes on x86-64, 4,560 on arm64.</summary>
    private const int ContextBytes = 8 << 10;
    private const int StackBytes = 24 << 10;

    private readonly MemoryRegion _memory;

    /// <summary>Must be made by the thread that forks: the child takes over its signal mask.</summary>
    internal CallSequence(params Call[] calls)
    {
        _memory = MemoryRegion.Anonymous((nuint)calls.Length * (ContextBytes + StackBytes) / MemoryRange.PageSize);
        _memory.Populate(0);
        for (var i = 0; i < calls.Length; i++)
        {
            var context = (Context*)ContextOf(i);
            Native.Must(getcontext(context), "getcontext");
            (context->StackStart, context->StackSize) = ((nint)context + ContextBytes, StackBytes);
            context->Link = i + 1 < calls.Length ? ContextOf(i + 1) : 0;
            var (function, first, second, third) = calls[i];
            makecontext(context, CFunction.AddressOf(function), 3, first, second, third);
        }
    }

    /// <summary>What <c>setcontext</c> takes to start with the first call.</summary>
    internal nint Start => ContextOf(0);

    public void Dispose() => _memory.Dispose();

    private nint ContextOf(int call) => (nint)_memory.Range.Start + call * (ContextBytes + StackBytes);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getcontext(Context* context);

    // Variadic in C. Arguments that are integers go where those of any function go.
    [LibraryImport("libc")]
    private static partial void makecontext(Context* context, nint function, int count, nint first, nint second, nint third);

    /// <summary>A function of the C library with up to three arguments.</summary>
    internal readonly record struct Call(string Function, nint First = 0, nint Second = 0, nint Third = 0);

    /// <summary>The beginning of <c>ucontext_t</c>, which is the same on every 64-bit machine of glibc.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Context
    {
        private readonly ulong _flags;
        internal nint Link, StackStart;
        private readonly int _stackFlags;
        internal nint StackSize;
    }
}
