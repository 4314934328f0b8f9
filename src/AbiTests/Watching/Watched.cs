using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Processes;

namespace Faultline.AbiTests.Watching;

/// <summary>A memory region watched by a userfaultfd, and what a scenario does with the two.</summary>
/// <remarks>
/// The feature under test is asked for where the kernel offers it, so that a kernel without it shows its own behaviour rather than a
/// refused handshake (row R2 tests the refusal).
/// </remarks>
public sealed class Watched : IDisposable
{
    private const byte WrittenByScenario = 0xa5, FilledByMonitor = 0xc3;
    private const int QuickLooks = 50;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(2);
    private static readonly Lazy<UffdFeature> OfferedFeatures = new(() => UserfaultfdDescriptor.Probe().Offered);
    private MemoryRegion? _fill;

    private Watched(MemoryRegion memory, UserfaultfdDescriptor uffd)
    {
        Memory = memory;
        Uffd = uffd;
    }

    /// <summary>The monitor's side.</summary>
    public UserfaultfdDescriptor Uffd { get; }

    /// <summary>The whole region.</summary>
    public MemoryRange Range => Memory.Range;

    /// <summary>The mapping itself.</summary>
    public MemoryRegion Memory { get; }

    /// <summary>The feature under test and the write-protect basics, as far as this kernel offers them.</summary>
    public static UffdFeature FeaturesUnderTest =>
        OfferedFeatures.Value & (UffdFeature.PagefaultFlagWp | (UffdFeature)FeatureBits.Current.UnderTest);

    /// <summary>Watches <paramref name="memory"/>, which the result owns from here on.</summary>
    public static Watched Over(
        MemoryRegion memory, UffdioRegisterMode mode = UffdioRegisterMode.Wp, UffdFeature extra = 0, OpenOptions options = OpenOptions.Default)
    {
        var uffd = Open(extra, options);
        uffd.Register(memory.Range, mode);
        return new(memory, uffd);
    }

    /// <summary>
    /// Registers a part once more, without write-protection. A kernel that refuses it is observed to: Linux 7.3 does, EBUSY, and wants the
    /// part unregistered first, so that no protection is left over.
    /// </summary>
    public void RegisterForMissingOnly(MemoryRange part, Observation seen)
    {
        if (Uffd.TryRegister(part, UffdioRegisterMode.Missing, out _) is not Errno.None and var refused)
            seen["registered-again"] = refused.ToString();
    }

    /// <summary>Untouched private anonymous memory, watched and not yet protected.</summary>
    public static Watched Hole(nuint pages = 1, UffdioRegisterMode mode = UffdioRegisterMode.Wp, UffdFeature extra = 0) =>
        Over(MemoryRegion.Anonymous(pages), mode, extra);

    /// <summary>Untouched private anonymous memory, watched and protected: the setting of most rows.</summary>
    public static Watched ProtectedHole(nuint pages = 1, UffdioRegisterMode mode = UffdioRegisterMode.Wp, UffdFeature extra = 0)
    {
        var watched = Hole(pages, mode, extra);
        watched.Protect();
        return watched;
    }

    /// <summary>Like <see cref="ProtectedHole"/>, in memory that the caller made.</summary>
    public static Watched ProtectedHoleOver(MemoryRegion memory)
    {
        var watched = Over(memory);
        watched.Protect();
        return watched;
    }

    /// <summary>Private anonymous memory with a page of its own everywhere, watched and protected.</summary>
    public static Watched ProtectedPages(nuint pages = 1)
    {
        var memory = MemoryRegion.Anonymous(pages);
        memory.Populate();
        var watched = Over(memory);
        watched.Protect();
        return watched;
    }

    /// <summary>A descriptor after its handshake, which is closed when a test hangs.</summary>
    public static UserfaultfdDescriptor Open(UffdFeature extra = 0, OpenOptions options = OpenOptions.Default)
    {
        var uffd = LiveResources.Track(UserfaultfdDescriptor.Open(options));
        uffd.Handshake(FeaturesUnderTest | extra);
        return uffd;
    }

    /// <summary>One page of the region.</summary>
    public MemoryRange Page(nuint page = 0) => Range.Pages(page);

    /// <summary>Protects the whole region.</summary>
    public void Protect() => Uffd.WriteProtect(Range);

    /// <summary>Lifts the protection of the whole region and wakes its writers.</summary>
    public void Unprotect() => Uffd.RemoveWriteProtection(Range);

    /// <summary>Starts a one-byte read of a page.</summary>
    public Access Read(nuint page = 0) => Access.Read(Page(page).Start);

    /// <summary>Starts a one-byte write to a page.</summary>
    public Access Write(nuint page = 0) => Access.Write(Page(page).Start, WrittenByScenario);

    /// <summary>The page's state in the notation of <see cref="Pagemap"/>.</summary>
    public string Pagemap(nuint page = 0) => AbiTests.Memory.Pagemap.At(Page(page).Start);

    /// <summary>Waits until the access raised an event or completed without one.</summary>
    public string EventOf(Access access) => EventName.Of(NextEvent(access));

    /// <summary>
    /// Like <see cref="EventOf"/>, but returns the event itself; null when the access completed without one.
    /// </summary>
    /// <remarks>Waits without a limit: the runner's deadline disposes the descriptor, and reading it then throws.</remarks>
    public UserfaultfdEvent? NextEvent(Access access)
    {
        for (var looks = 0; ; looks++)
        {
            // Completion is looked at first: an event of a completed access is then certainly readable.
            var done = access.IsDone;
            // Most accesses end or fault within less than it takes to sleep and be woken.
            var soon = looks < QuickLooks;
            if (Uffd.ReadEvent(done || soon ? TimeSpan.Zero : LookAgain) is { } e)
                return e;
            if (done)
                return null;
            if (soon)
                Thread.Yield();
        }
    }

    /// <summary>The access's event, which is then resolved the way its kind asks for, as are those that follow until the access completes.</summary>
    /// <returns>The names of all its events, in order; "none" without any.</returns>
    public string EventsUntilDone(Access access)
    {
        var names = new List<string>();
        while (NextEvent(access) is { } e)
        {
            names.Add(EventName.Of(e));
            Resolve(e);
        }
        return names.Count == 0 ? "none" : string.Join(", ", names);
    }

    /// <summary>Does what a monitor does about a fault: fills a missing page, unprotects a protected one, wakes.</summary>
    public void Resolve(UserfaultfdEvent? e)
    {
        if (e is not PageFaultEvent fault)
            return;
        if (fault.IsWriteProtect)
            Uffd.RemoveWriteProtection(fault.Page);
        else if (Uffd.TryCopy(fault.Page.Start, FillPage(), fault.Page.Length, 0, out _) == Errno.EEXIST)
            Uffd.Wake(fault.Page);
    }

    /// <summary>UFFDIO_COPY of a patterned page: "ok" or the errno.</summary>
    public string CopyInto(nuint page, UffdioCopyMode mode = 0) =>
        Name(Uffd.TryCopy(Page(page).Start, FillPage(), MemoryRange.PageSize, mode, out _));

    /// <summary>What a page holds: "copied" (the monitor's pattern), "zeros", "written" (by the scenario) or the byte.</summary>
    public string Content(nuint page = 0) => Read(page).Value switch
    {
        FilledByMonitor => "copied",
        0 => "zeros",
        WrittenByScenario => "written",
        var other => $"0x{other:x2}",
    };

    /// <summary>"ok" or the errno's name.</summary>
    public static string Name(Errno errno) => errno == Errno.None ? "ok" : errno.ToString();

    /// <inheritdoc/>
    public void Dispose()
    {
        LiveResources.Release(Uffd);
        Memory.Dispose();
        _fill?.Dispose();
    }

    private nuint FillPage()
    {
        if (_fill is null)
        {
            _fill = MemoryRegion.Anonymous(1);
            _fill.Populate(FilledByMonitor);
        }
        return _fill.Range.Start;
    }
}
