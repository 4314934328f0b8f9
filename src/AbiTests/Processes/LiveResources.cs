using Faultline.AbiTests.Calls;
using static Faultline.AbiTests.Calls.Native;

namespace Faultline.AbiTests.Processes;

/// <summary>
/// What can keep a thread blocked: open userfaultfds and forked children. The runner releases all of it when a test hangs.
/// </summary>
internal static class LiveResources
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<UserfaultfdDescriptor> Descriptors = [];
    private static readonly HashSet<int> Children = [];

    internal static UserfaultfdDescriptor Track(UserfaultfdDescriptor descriptor)
    {
        lock (Gate)
            Descriptors.Add(descriptor);
        return descriptor;
    }

    internal static void Release(UserfaultfdDescriptor descriptor)
    {
        lock (Gate)
            Descriptors.Remove(descriptor);
        descriptor.Dispose();
    }

    internal static void TrackChild(int pid)
    {
        lock (Gate)
            Children.Add(pid);
    }

    internal static void ForgetChild(int pid)
    {
        lock (Gate)
            Children.Remove(pid);
    }

    /// <summary>Children first: they hold the descriptors open too.</summary>
    internal static void ReleaseAll()
    {
        int[] children;
        UserfaultfdDescriptor[] descriptors;
        lock (Gate)
        {
            children = [.. Children];
            descriptors = [.. Descriptors];
        }
        foreach (var pid in children)
            _ = kill(pid, SigKill);
        foreach (var descriptor in descriptors)
            Release(descriptor);
    }
}
