using System.Diagnostics;
using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Runner;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Measurements;

/// <summary>
/// What it costs to write-protect private anonymous memory that nothing has touched: with the feature that protects holes, and without it,
/// where every page has to be made first. Base pages, a new mapping each time.
/// </summary>
internal static class ProtectionCost
{
    internal const string Name = "protect";

    private const int Repetitions = 5;
    private const int PopulateRead = 22;

    /// <summary>Each variant calls its feature by a name of its own; the profile knows the bit.</summary>
    private static UffdFeature Feature => (UffdFeature)FeatureBits.Current.UnderTest;

    /// <param name="events">Gets one <c>measure</c> event for each measurement.</param>
    /// <param name="bytes">How much memory to protect.</param>
    internal static void Write(EventWriter events, nuint bytes)
    {
        var offered = (Watched.FeaturesUnderTest & Feature) != 0;
        // The first round pays for code and page table memory that the others find ready.
        for (var round = 0; round <= Repetitions; round++)
        {
            foreach (var untouched in offered ? (bool[])[true, false] : [false])
            {
                var (prefault, protect) = Measure(untouched, bytes);
                if (round > 0)
                    Write(events, untouched ? "untouched" : "populated", bytes, prefault, protect);
            }
        }
    }

    private static (double Prefault, double Protect) Measure(bool untouched, nuint bytes)
    {
        using var memory = MemoryRegion.Anonymous(bytes / MemoryRange.PageSize);
        using var uffd = UserfaultfdDescriptor.Open();
        uffd.Handshake(UffdFeature.PagefaultFlagWp | (untouched ? Feature : 0));
        uffd.Register(memory.Range, UffdioRegisterMode.Wp);
        var clock = Stopwatch.StartNew();
        if (!untouched)
            Native.Must(Native.madvise((nint)memory.Range.Start, memory.Range.Length, PopulateRead), "madvise(MADV_POPULATE_READ)");
        var prefault = clock.Elapsed.TotalSeconds;
        clock.Restart();
        uffd.WriteProtect(memory.Range);
        return (prefault, clock.Elapsed.TotalSeconds);
    }

    private static void Write(EventWriter events, string how, nuint bytes, double prefault, double protect) => events.Write("measure", json =>
    {
        json.WriteString("what", Name);
        json.WriteString("how", how);
        json.WriteNumber("bytes", bytes);
        json.WriteNumber("prefault", prefault);
        json.WriteNumber("protect", protect);
    });
}
