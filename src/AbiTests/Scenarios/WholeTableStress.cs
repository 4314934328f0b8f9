using System.Collections.Concurrent;
using System.Diagnostics;
using Faultline.AbiTests.Calls;
using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Everything at once over a few page tables' reach: nothing here can tell which race was lost, but the kernel log can.</summary>
public sealed class WholeTableStress
{
    private const nuint Tables = 8, AllPages = Tables * PageTables.Pages;
    /// <summary>How long a round takes; who wants hours asks for rounds (<c>--filter row=R78 --repeat N</c>).</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    [Scenario("R78", "Protecting, lifting, discarding, filling and writing at once",
        "Threads race over memory whose page tables come and go. Nobody may hang or fail, the kernel may not complain, and " +
        "what is protected afterwards must be all of it.")]
    public void Everything_at_once()
    {
        using var watched = Watched.Over(PageTables.Holes(Tables));
        var errors = new ConcurrentQueue<string>();
        watched.CopyInto(0);
        using (var pump = watched.Uffd.StartPump(watched.Resolve))
        {
            var threads = Works(watched).Select((work, index) => Repeat(work, new Random(index), errors)).ToList();
            threads.ForEach(thread => thread.Join());
            if (pump.Error is { } error)
                errors.Enqueue(error.Message);
        }

        var seen = Observation.Begin();
        seen["errors"] = errors.IsEmpty ? "none" : string.Join("; ", errors.Distinct());
        watched.Unprotect();
        Discard(watched.Range);
        watched.Protect();
        seen["pagemap"] = Pagemap.Runs(watched.Range);
        seen["events"] = PageTables.EventsOfWrites(watched, 3, AllPages - 3);
        seen.MustMatch();
    }

    /// <summary>What each thread does again and again. Touches may wait for the pump.</summary>
    private static IEnumerable<Action<Random>> Works(Watched watched)
    {
        yield return random => NativeAccess.Write(AnyOf(watched, random).Start, 1);
        yield return random => NativeAccess.Write(AnyOf(watched, random).Start, 2);
        yield return random => NativeAccess.Read(AnyOf(watched, random).Start);
        yield return _ => watched.Protect();
        yield return random => watched.Uffd.WriteProtect(SomeTables(watched, random));
        yield return random => watched.Uffd.RemoveWriteProtection(SomeTables(watched, random));
        yield return random => watched.Uffd.RemoveWriteProtection(AnyOf(watched, random));
        yield return random => Discard(random.Next(4) == 0 ? SomePages(watched, random) : SomeTables(watched, random));
        yield return random => watched.CopyInto(AnyPage(random));
        yield return random =>
        {
            Pagemap.Runs(SomeTables(watched, random));
            if (random.Next(50) == 0)
                Procfs.Smaps(watched.Range, "Rss:");
        };
    }

    private static Thread Repeat(Action<Random> work, Random random, ConcurrentQueue<string> errors)
    {
        var thread = new Thread(() =>
        {
            try
            {
                for (var clock = Stopwatch.StartNew(); clock.Elapsed < Duration;)
                    work(random);
            }
            catch (Exception error) when (error is UserfaultfdException or InvalidOperationException)
            {
                errors.Enqueue(error.Message);
            }
        }) { IsBackground = true, Name = "stress" };
        thread.Start();
        return thread;
    }

    private static void Discard(MemoryRange range)
    {
        if (MemoryRegion.Advise(range, Advice.DontNeed) is not "ok" and var errno)
            throw new InvalidOperationException($"MADV_DONTNEED failed with {errno}.");
    }

    private static MemoryRange AnyOf(Watched watched, Random random) => watched.Page(AnyPage(random));

    private static nuint AnyPage(Random random) => (nuint)random.Next((int)AllPages);

    private static MemoryRange SomeTables(Watched watched, Random random)
    {
        var first = random.Next((int)Tables);
        return watched.Range.Pages((nuint)first * PageTables.Pages, (nuint)random.Next(1, (int)Tables - first + 1) * PageTables.Pages);
    }

    private static MemoryRange SomePages(Watched watched, Random random)
    {
        var first = random.Next((int)AllPages);
        return watched.Range.Pages((nuint)first, (nuint)random.Next(1, (int)AllPages - first + 1));
    }
}
