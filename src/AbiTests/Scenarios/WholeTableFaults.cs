using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Watching;

namespace Faultline.AbiTests.Scenarios;

/// <summary>The first access below a page table whose holes are all protected (__handle_mm_fault).</summary>
public sealed class WholeTableFaults
{
    private const nuint Touched = 100;

    [Scenario("R67-read", "The first read below a page table",
        "The fault has to find out that 511 other pages are protected, and leave them so. It must not take another fault for it.")]
    public void The_first_read_below_a_page_table()
    {
        using var watched = PageTables.Protected(1);
        var read = watched.Read(Touched);
        var seen = Observation.Begin();
        seen["event"] = watched.EventsUntilDone(read);
        seen["faults"] = read.Faults.ToString();
        seen["pagemap"] = Pagemap.Runs(watched.Range);
        seen.MustMatch();
    }

    [Scenario("R67-write", "The first write below a page table",
        "As R67-read for a write, which has to be reported.")]
    public void The_first_write_below_a_page_table()
    {
        using var watched = PageTables.Protected(1);
        var write = watched.Write(Touched);
        var seen = Observation.Begin();
        seen["event"] = watched.EventsUntilDone(write);
        seen["faults"] = write.Faults.ToString();
        seen["pagemap"] = Pagemap.Runs(watched.Range);
        seen["content"] = watched.Content(Touched);
        seen.MustMatch();
    }

    [Scenario("R67-concurrent", "Eight first writes below a page table",
        "Eight threads write to eight pages at once. Whichever of them makes the table, each has to be reported, and no write be lost.")]
    public void Eight_first_writes_below_a_page_table()
    {
        const nuint writers = 8, stride = PageTables.Pages / writers;
        using var watched = PageTables.Protected(1);
        var writes = Enumerable.Range(0, (int)writers).Select(i => watched.Write((nuint)i * stride)).ToList();
        var events = 0;
        while (events < writes.Count)
        {
            var done = writes.TrueForAll(write => write.IsDone);
            if (watched.Uffd.ReadEvent(TimeSpan.FromMilliseconds(done ? 0 : 2)) is not null)
                events++;
            else if (done)
                break;
        }
        var seen = Observation.Begin();
        seen["events"] = events.ToString();
        seen["neighbours"] = Pagemap.Runs(watched.Range.Pages(1, stride - 1));
        watched.Unprotect();
        seen["late-events"] = string.Join(',', writes.Select(watched.EventsUntilDone).Distinct());
        seen["content"] = string.Join(',', Enumerable.Range(0, (int)writers).Select(i => watched.Content((nuint)i * stride)).Distinct());
        seen.MustMatch();
    }

    [Scenario("R77", "First accesses below a page table, registered for missing faults too",
        "A page that is filled for a reader must leave its neighbours protected, and nobody may hear of them.")]
    public void First_accesses_registered_for_missing_faults_too()
    {
        using var watched = PageTables.Protected(2, UffdioRegisterMode.Missing | UffdioRegisterMode.Wp);
        var read = watched.Read(Touched);
        var e = watched.NextEvent(read);
        var seen = Observation.Begin();
        seen["read"] = EventName.Of(e);
        seen["waiting"] = watched.Pagemap(Touched);
        watched.Resolve(e);
        watched.EventsUntilDone(read);
        seen["content"] = watched.Content(Touched);
        seen["write"] = PageTables.EventsOfWrites(watched, PageTables.Pages + Touched);
        seen["pagemap"] = Pagemap.Runs(watched.Range);
        seen.MustMatch();
    }
}
