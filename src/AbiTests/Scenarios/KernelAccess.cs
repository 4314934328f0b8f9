using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>The kernel itself touches a protected hole: system calls that copy to user memory, and the other ways into an address space.</summary>
public sealed class KernelAccess
{
    [Scenario("R40", "read(2) from a pipe into a protected hole",
        "System calls write to user memory as well. A monitor that misses those misses most input of a program.")]
    public void Reading_a_pipe_into_a_protected_hole() => ReadPipe(OpenOptions.Default);

    [Scenario("R41", "read(2) with a UFFD_USER_MODE_ONLY descriptor",
        "Unprivileged monitors may not stop the kernel. The call must fail with EFAULT instead of writing unseen.")]
    public void Reading_a_pipe_with_a_user_mode_only_descriptor() => ReadPipe(OpenOptions.Default | OpenOptions.UserModeOnly);

    [Scenario("R42-write", "Writing through /proc/self/mem",
        "Debuggers write this way. There is no thread to block, so a protected page has to refuse them.")]
    public unsafe void Writing_through_proc_self_mem() => ThroughMem((fd, buffer, at) => Native.pwrite(fd, buffer, 3, at));

    [Scenario("R42-read", "Reading through /proc/self/mem",
        "A debugger that reads must not raise an event, and must not lose the protection.")]
    public unsafe void Reading_through_proc_self_mem() => ThroughMem((fd, buffer, at) => Native.pread(fd, buffer, 3, at));

    [Scenario("R43", "process_vm_writev into a protected hole",
        "Another process writes straight into the memory, as checkpoint tools do. The monitor must hear of it.")]
    public unsafe void Writing_with_process_vm_writev()
    {
        using var watched = Watched.ProtectedHole();
        var at = (nint)watched.Range.Start;
        var write = Access.Call(() =>
        {
            var bytes = stackalloc byte[3];
            var local = new Native.IoVector { Base = (nint)bytes, Length = 3 };
            var remote = new Native.IoVector { Base = at, Length = 3 };
            return Count(Native.process_vm_writev(Environment.ProcessId, &local, 1, &remote, 1, 0));
        });
        Observe(watched, write);
    }

    private static unsafe void ReadPipe(OpenOptions options)
    {
        using var watched = Watched.Over(MemoryRegion.Anonymous(1), options: options);
        watched.Protect();
        var at = (void*)watched.Range.Start;
        var ends = stackalloc int[2];
        Native.Must(Native.pipe2(ends, 0x80000), "pipe2");
        var (readEnd, writeEnd) = (ends[0], ends[1]);
        Native.Must(Native.write(writeEnd, ends, 3), "write to the pipe");
        Observe(watched, Access.Call(() => Count(Native.read(readEnd, at, 3))));
        _ = Native.close(readEnd);
        _ = Native.close(writeEnd);
    }

    private unsafe delegate nint MemCall(int fd, byte* buffer, nint at);

    private static unsafe void ThroughMem(MemCall call)
    {
        using var watched = Watched.ProtectedHole();
        var at = (nint)watched.Range.Start;
        var fd = (int)Native.Must(Native.open("/proc/self/mem", 2 | 0x80000), "open of /proc/self/mem");
        Observe(watched, Access.Call(() =>
        {
            var buffer = stackalloc byte[3];
            return Count(call(fd, buffer, at));
        }));
        _ = Native.close(fd);
    }

    private static void Observe(Watched watched, Access access)
    {
        var e = watched.NextEvent(access);
        var seen = Observation.Begin();
        seen["event"] = EventName.Of(e);
        seen["pagemap"] = watched.Pagemap();
        watched.Resolve(e);
        watched.EventsUntilDone(access);
        seen["outcome"] = access.Outcome;
        seen.MustMatch();
    }

    /// <summary>The number of bytes a call moved, or the errno.</summary>
    private static string Count(nint result) => result >= 0 ? result.ToString() : Native.LastErrno().ToString();
}
