using System.Diagnostics;
using Faultline.AbiTests.Runner;
using Faultline.AbiTests.Support;

namespace Faultline.AbiTests.Measurements;

/// <summary>
/// What it costs to write-protect 1 GiB of private anonymous memory that nothing has touched: with the feature that protects holes, and without it,
/// where every page has to be made first. Base pages, a new mapping each time.
/// </summary>
internal static class ProtectionCost
{
    internal const string Name = "protect";

    private const int Repetitions = 5;
    private const int PopulateRead = 22;
    private const ulong Bytes = 1UL << 30;

    /// <summary>Each variant calls its feature by a name of its own; the profile knows the bit.</summary>
    private static UffdFeature Feature => (UffdFeature)(1UL << Profile.Current.FeatureBit);

    internal static void Write(EventWriter events)
    {
        var offered = (Watched.FeaturesUnderTest & Feature) != 0;
        // The first round pays for code and page table memory that the others find ready.
        for (var round = 0; round <= Repetitions; round++)
        {
            foreach (var how in (string[])["untouched", "populated", "read"])
            {
                if (how == "untouched" && !offered)
                    continue;
                var (prefault, protect) = Measure(how);
                if (round > 0)
                    Write(events, how, prefault, protect);
            }
        }
    }

    private static (double Prefault, double Protect) Measure(string how)
    {
        using var memory = MemoryRegion.Anonymous(Bytes / MemoryRange.PageSize);
        using var uffd = UserfaultDescriptor.Open();
        uffd.Handshake(UffdFeature.PagefaultFlagWp, how == "untouched" ? Feature : 0);
        uffd.Register(memory.Range, UffdioRegisterMode.Wp);
        var clock = Stopwatch.StartNew();
        switch (how)
        {
            case "populated":
                Native.Must(Native.madvise((nint)memory.Range.Start, (nuint)memory.Range.Length, PopulateRead), "madvise(MADV_POPULATE_READ)");
                break;
            case "read":
                ReadEachPage(memory.Range);
                break;
        }

        var prefault = clock.Elapsed.TotalSeconds;
        clock.Restart();
        uffd.WriteProtect(memory.Range);
        return (prefault, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Nothing is missing-registered or protected yet, so that no read can block.</summary>
    private static unsafe void ReadEachPage(MemoryRange range)
    {
        for (var page = range.Start; page < range.End; page += MemoryRange.PageSize)
            _ = Volatile.Read(ref *(byte*)page);
    }

    private static void Write(EventWriter events, string how, double prefault, double protect) => events.Write("measure", json =>
    {
        json.WriteString("what", Name);
        json.WriteString("how", how);
        json.WriteNumber("bytes", Bytes);
        json.WriteNumber("prefault", prefault);
        json.WriteNumber("protect", protect);
    });
}
