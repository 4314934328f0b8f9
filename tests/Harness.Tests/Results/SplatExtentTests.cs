using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Results;

/// <summary>Where an excerpt begins and ends. The logs are worded as 6.1 words them.</summary>
public sealed class SplatExtentTests
{
    private const string Before = "[    5.000000] ordinary\n";

    [Fact]
    public void What_dump_page_says_before_the_ruler_belongs_to_the_BUG()
    {
        var excerpt = First(Before + """
            [    6.100001] page:00000000d5b1a1ab refcount:0 mapcount:-128 mapping:0000000000000000 index:0x0 pfn:0x10a2b
            [    6.100002] memcg:ffff888003c5e000
            [    6.100003] anon flags: 0x100000000080014(uptodate|lru|swapbacked|node=0|zone=1)
            [    6.100004] raw: 0100000000080014 ffffea0000428ac8 ffffea0000428a48 ffff888004d2a001
            [    6.100005] page dumped because: VM_BUG_ON_PAGE(page_ref_count(page) == 0)
            [    6.100030] ------------[ cut here ]------------
            [    6.100040] kernel BUG at include/linux/mm.h:753!
            [    6.100050] invalid opcode: 0000 [#1] PREEMPT SMP NOPTI
            [    6.100060] Call Trace:
            [    6.100070]  <TASK>
            [    6.100080]  do_wp_page+0x1/0x2
            [    6.100090]  </TASK>
            [    6.100100] ---[ end trace 0000000000000000 ]---
            [    7.000000] ordinary again
            """);
        Assert.StartsWith("[    6.100001] page:00000000d5b1a1ab refcount:0", excerpt, StringComparison.Ordinal);
        Assert.EndsWith("end trace 0000000000000000 ]---", excerpt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list_del corruption. prev->next should be ffff888004d2a001, but was dead000000000100", "kernel BUG at lib/list_debug.c:59!")]
    [InlineData("usercopy: Kernel memory exposure attempt detected from page alloc (offset 0, size 8192)!", "kernel BUG at mm/usercopy.c:101!")]
    [InlineData("vma ffff888004d2a001 start 00007f0000000000 end 00007f0000001000", "kernel BUG at mm/mmap.c:1!")]
    [InlineData("kernel tried to execute NX-protected page - exploit attempt? (uid: 0)", "BUG: unable to handle page fault for address: ffff888004d2a001")]
    [InlineData("nobody foresaw this line", "kernel BUG at mm/memory.c:1!")]
    public void Whatever_was_said_in_the_same_breath_belongs_to_it(string said, string title) => Assert.StartsWith(
        $"[    6.100000] {said}", First($"{Before}[    6.100000] {said}\n[    6.100900] ------------[ cut here ]------------\n[    6.101000] {title}\n"), StringComparison.Ordinal);

    [Fact]
    public void The_text_of_a_WARN_stands_between_the_ruler_and_its_line()
    {
        var excerpt = First(Before + """
            [    6.100000] ------------[ cut here ]------------
            [    6.100100] refcount_t: underflow; use-after-free.
            [    6.100200] WARNING: CPU: 0 PID: 71 at lib/refcount.c:28 refcount_warn_saturate+0xba/0x110
            [    6.100300] ---[ end trace 0000000000000000 ]---
            """);
        Assert.StartsWith("[    6.100000] ------------[ cut here", excerpt, StringComparison.Ordinal);
        Assert.Contains("refcount_t: underflow", excerpt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("==================================================================", "BUG: KASAN: slab-use-after-free in mcopy_atomic+0x1/0x2")]
    [InlineData("======================================================", "WARNING: possible circular locking dependency detected")]
    [InlineData("=============================", "WARNING: suspicious RCU usage")]
    public void A_header_with_a_ruler_keeps_it(string ruler, string title)
    {
        var excerpt = First($"{Before}[    6.100000] {ruler}\n[    6.100100] {title}\n[    6.100200] 6.1.0 #1 Not tainted\n").Split('\n');
        Assert.Contains(ruler, excerpt[0], StringComparison.Ordinal);
        Assert.Contains(title, excerpt[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BUG: Bad page state in process dotnet  pfn:10a2b", "page:00000000d5b1a1ab refcount:-1 mapcount:0 mapping:0000000000000000 index:0x0 pfn:0x10a2b")]
    [InlineData("general protection fault, probably for non-canonical address 0xdead000000000108: 0000 [#1] PREEMPT SMP NOPTI", "CPU: 1 PID: 71 Comm: dotnet Not tainted 6.1.0 #1")]
    [InlineData("rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:", "rcu: \t1-...0: (1 GPs behind) idle=0c3/1/0x4000000000000000 softirq=1/1 fqs=5249")]
    [InlineData("Oops: 0002 [#1] PREEMPT SMP NOPTI", "CPU: 1 PID: 71 Comm: dotnet Not tainted 6.1.0 #1")]
    public void A_complaint_is_its_own_first_line_and_keeps_what_follows(string title, string next)
    {
        var excerpt = First($"{Before}[    6.100000] {title}\n[    6.100100] {next}\n").Split('\n');
        Assert.Contains(title, excerpt[0], StringComparison.Ordinal);
        Assert.Contains(next.Split('\t')[0], excerpt[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Two_complaints_on_end_are_two()
    {
        var log = KernelLogScanner.Scan("""
            [    6.100000] BUG: Bad page map in process dotnet  pte:8000 pmd:1234
            [    6.100010] Call Trace:
            [    6.100020]  <TASK>
            [    6.100030]  print_bad_pte+0x1/0x2
            [    6.100040]  </TASK>
            [    6.200000] ------------[ cut here ]------------
            [    6.200010] WARNING: CPU: 0 PID: 71 at mm/memory.c:4020 do_swap_page+0x1/0x2
            [    6.200020] ---[ end trace 0000000000000000 ]---
            """);
        Assert.Equal([SplatKind.Bug, SplatKind.Warning], log.Splats.Select(splat => splat.Kind));
        Assert.DoesNotContain("cut here", log.Splats[0].Excerpt, StringComparison.Ordinal);
        Assert.DoesNotContain("print_bad_pte", log.Splats[1].Excerpt, StringComparison.Ordinal);
    }

    private static string First(string log) => KernelLogScanner.Scan(log).Splats[0].Excerpt;
}
