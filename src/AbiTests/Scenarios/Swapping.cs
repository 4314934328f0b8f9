using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>A protected page that goes to swap and comes back (try_to_unmap_one, do_swap_page).</summary>
public sealed class Swapping
{
    private const int MostTries = 200;

    [Scenario("R58-read", "Reading a protected page that was swapped out",
        "Protection has to survive the way to swap and back.")]
    public void Reading_a_protected_page_that_was_swapped_out()
    {
        using var watched = SwappedOut(out var seen);
        var read = watched.Read();
        seen["event"] = watched.EventOf(read);
        seen["pagemap"] = watched.Pagemap();
        seen["value"] = $"0x{read.Value:x}";
        seen.MustMatch();
    }

    [Scenario("R58-write", "Writing to a protected page that was swapped out",
        "A write that brings a page back from swap must still raise its event.")]
    public void Writing_to_a_protected_page_that_was_swapped_out()
    {
        using var watched = SwappedOut(out var seen);
        var write = watched.Write();
        seen["event"] = watched.EventOf(write);
        seen["pagemap"] = watched.Pagemap();
        watched.Unprotect();
        watched.EventsUntilDone(write);
        seen["after"] = watched.Pagemap();
        seen.MustMatch();
    }

    private static Watched SwappedOut(out Observation seen)
    {
        // The guest has a swap device; the machine's own kernel may have none, and that is its owner's business.
        if (Profile.Current.IsReference && !Procfs.HasSwap)
            Assert.Skip("This machine has no swap space: add some (swapon) to run this test.");
        var watched = Watched.ProtectedPages();
        seen = Observation.Begin();
        // Advice may find the page on its way to the lists that reclaim looks at; a little later it is there.
        for (var tries = 0; tries < MostTries && !watched.Pagemap().StartsWith('S'); tries++)
        {
            Assert.Equal("ok", MemoryRegion.Advise(watched.Range, Advice.PageOut));
            Thread.Sleep(tries == 0 ? 0 : 5);
        }
        seen["swapped"] = watched.Pagemap();
        return watched;
    }
}
