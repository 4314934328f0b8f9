using Faultline.AbiTests.Calls;

namespace Faultline.AbiTests.Watching;

/// <summary>Threads that each write a value of their own over a list of pages, in native code, as fast as the kernel lets them.</summary>
/// <remarks>Waiting for them has no limit of its own: the runner's deadline closes the userfaultfds, which releases them.</remarks>
internal sealed unsafe class Writers : IDisposable
{
    private readonly List<Thread> _threads = [];
    private readonly CountdownEvent _halfway;

    private Writers(int count) => _halfway = new(count);

    /// <summary>The value writer <paramref name="index"/> writes; no pattern of <see cref="ProtectedImage"/> reaches it.</summary>
    internal static byte Value(int index) => (byte)(0xe0 + index);

    /// <summary>Starts a writer for each list of pages.</summary>
    internal static Writers Start(MemoryRange memory, params nuint[][] pageLists)
    {
        var writers = new Writers(pageLists.Length);
        for (var index = 0; index < pageLists.Length; index++)
        {
            var (pages, value) = (pageLists[index], Value(index));
            var thread = new Thread(() => writers.Write(memory, pages, value), maxStackSize: 256 << 10) { IsBackground = true, Name = $"writer {index}" };
            writers._threads.Add(thread);
            thread.Start();
        }
        return writers;
    }

    /// <summary>Waits until every writer has written half of its pages.</summary>
    internal void WaitUntilHalfway() => _halfway.Wait();

    /// <summary>Waits until every writer has written all of its pages.</summary>
    internal void Join()
    {
        foreach (var thread in _threads)
            thread.Join();
    }

    public void Dispose() => _halfway.Dispose();

    private void Write(MemoryRange memory, nuint[] pages, byte value)
    {
        for (var i = 0; i < pages.Length; i++)
        {
            if (i == pages.Length / 2)
                _halfway.Signal();
            var page = memory.Pages(pages[i]);
            Native.memset((void*)page.Start, value, page.Length);
        }
    }
}
