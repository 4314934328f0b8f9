using CsCheck;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Results;

public sealed class KernelLogScannerTests
{
    private const string OopsLog = """
        [    0.000000] Linux version 6.1.0 (faultline)
        [    6.100000] BUG: kernel NULL pointer dereference, address: 0000000000000008
        [    6.100001] #PF: supervisor write access in kernel mode
        [    6.100002] Oops: 0002 [#1] PREEMPT SMP NOPTI
        [    6.100003] CPU: 1 PID: 71 Comm: dotnet Not tainted 6.1.0 #1
        [    6.100004] RIP: 0010:change_pte_range+0x1a2/0x500
        [    6.100005] Call Trace:
        [    6.100006]  <TASK>
        [    6.100007]  change_protection+0x12/0x30
        [    6.100008]  </TASK>
        [    6.100009] ---[ end trace 0000000000000000 ]---
        [    6.100010] Kernel panic - not syncing: Fatal exception
        [    6.100011] ---[ end Kernel panic - not syncing: Fatal exception ]---
        """;

    [Fact]
    public void An_oops_that_panics_is_cause_then_consequence()
    {
        var log = KernelLogScanner.Scan(OopsLog);

        Assert.True(log.Started);
        Assert.Equal([SplatKind.Oops, SplatKind.Panic], log.Splats.Select(splat => splat.Kind));
        var oops = log.Splats[0];
        Assert.Equal("BUG: kernel NULL pointer dereference, address: 0000000000000008", oops.Title);
        Assert.Equal(2, oops.Line);
        Assert.Equal(6.1, oops.Uptime);
        Assert.Contains("change_pte_range+0x1a2", oops.Excerpt, StringComparison.Ordinal);
        Assert.EndsWith("---[ end trace 0000000000000000 ]---", oops.Excerpt, StringComparison.Ordinal);
        Assert.DoesNotContain("Linux version", oops.Excerpt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)", nameof(SplatKind.Panic))]
    [InlineData("general protection fault, probably for non-canonical address 0xdead: 0000 [#1] SMP", nameof(SplatKind.Oops))]
    [InlineData("invalid opcode: 0000 [#1] PREEMPT SMP", nameof(SplatKind.Oops))]
    [InlineData("BUG: unable to handle page fault for address: ffffc90000000000", nameof(SplatKind.Oops))]
    [InlineData("kernel BUG at mm/memory.c:1234!", nameof(SplatKind.Bug))]
    [InlineData("kernel BUG at mm/page_table_check.c:118!", nameof(SplatKind.PageTableCheck))]
    [InlineData("BUG: Bad page state in process dotnet  pfn:12345", nameof(SplatKind.Bug))]
    [InlineData("BUG: Bad page map in process dotnet  pte:8000 pmd:1234", nameof(SplatKind.Bug))]
    [InlineData("BUG: Bad rss-counter state mm:00000000 type:MM_ANONPAGES val:1", nameof(SplatKind.Bug))]
    [InlineData("BUG: sleeping function called from invalid context at mm/page_alloc.c:5000", nameof(SplatKind.Bug))]
    [InlineData("WARNING: CPU: 0 PID: 71 at mm/memory.c:4020 do_swap_page+0x1/0x2", nameof(SplatKind.Warning))]
    [InlineData("WARNING: possible circular locking dependency detected", nameof(SplatKind.Lockdep))]
    [InlineData("WARNING: suspicious RCU usage", nameof(SplatKind.Lockdep))]
    [InlineData("WARNING: bad unlock balance detected!", nameof(SplatKind.Lockdep))]
    [InlineData("rcu: INFO: rcu_preempt self-detected stall on CPU", nameof(SplatKind.RcuStall))]
    [InlineData("rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:", nameof(SplatKind.RcuStall))]
    [InlineData("watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [dotnet:71]", nameof(SplatKind.SoftLockup))]
    [InlineData("NMI watchdog: Watchdog detected hard LOCKUP on cpu 0", nameof(SplatKind.HardLockup))]
    [InlineData("INFO: task dotnet:71 blocked for more than 120 seconds.", nameof(SplatKind.HungTask))]
    [InlineData("BUG: KASAN: use-after-free in mcopy_atomic+0x1/0x2", nameof(SplatKind.Sanitizer))]
    [InlineData("UBSAN: array-index-out-of-bounds in mm/userfaultfd.c:12:3", nameof(SplatKind.Sanitizer))]
    [InlineData("mm/pgtable-generic.c:50: bad pmd 00000000deadbeef(0000000000000400)", nameof(SplatKind.BadPageTable))]
    [InlineData("mm/memory.c:230: bad pud 00000000deadbeef(0000000000000400)", nameof(SplatKind.BadPageTable))]
    public void Each_kind_of_complaint_is_known_with_and_without_its_prefix(string message, string kind)
    {
        foreach (var prefix in new[] { "", "[    3.141592] ", "[    3.141592][   T71] ", "<4>[    3.141592] " })
        {
            var splat = Assert.Single(KernelLogScanner.Scan(Streams.Banner + prefix + message + "\n").Splats);
            Assert.Equal(kind, splat.Kind.ToString());
            Assert.Equal(message, splat.Title);
        }
    }

    [Theory]
    [InlineData("Spectre V2 : WARNING: Unprivileged eBPF is enabled with eIBRS on")]
    [InlineData("RETBleed: WARNING: Spectre v2 mitigation leaves CPU vulnerable to RETBleed attacks, data leaks possible!")]
    [InlineData("rcu: Preemptible hierarchical RCU implementation.")]
    [InlineData("Command line: console=ttyS0 panic=-1 panic_on_oops=1 oops=panic")]
    [InlineData("watchdog: Delayed init of the lockup detector failed: -19")]
    [InlineData("Lock dependency validator: Copyright (c) 2006 Red Hat, Inc., Ingo Molnar")]
    [InlineData("page_table_check: enabled")]
    [InlineData("debug: unmapping init [mem 0xffffffff82000000-0xffffffff820fffff]")]
    [InlineData("sysrq: Show Blocked State")]
    [InlineData("RAS: Correctable Errors collector initialized.")]
    public void Ordinary_lines_are_no_complaint(string message) =>
        Assert.Empty(KernelLogScanner.Scan(Streams.Banner + "[    1.000000] " + message + "\n").Splats);

    [Fact]
    public void A_stack_without_a_complaint_is_no_splat()
    {
        // handle_userfault of a kernel with DEBUG_VM: a fault that may not be retried is reported with dump_stack,
        // which is no BUG and no WARN.
        var log = KernelLogScanner.Scan("""
            [    0.000000] Linux version 6.1.0
            [    9.000000] FAULT_FLAG_ALLOW_RETRY missing 1052
            [    9.000001] CPU: 1 PID: 71 Comm: dotnet Not tainted 6.1.0 #1
            [    9.000002] Hardware name: QEMU Standard PC (Q35 + ICH9, 2009)
            [    9.000003] Call Trace:
            [    9.000004]  <TASK>
            [    9.000005]  dump_stack_lvl+0x34/0x48
            [    9.000006]  handle_userfault.cold+0x19/0x1e
            [    9.000007]  </TASK>
            """);
        Assert.Empty(log.Splats);
    }

    [Fact]
    public void A_warning_keeps_its_ruler_and_ends_with_its_trace()
    {
        var log = KernelLogScanner.Scan("""
            [    2.000000] ordinary
            [    3.000000] ------------[ cut here ]------------
            [    3.000001] WARNING: CPU: 0 PID: 71 at mm/memory.c:4020 do_swap_page+0x1/0x2
            [    3.000002] Call Trace:
            [    3.000003]  <TASK>
            [    3.000004]  </TASK>
            [    3.000005] ---[ end trace 0000000000000000 ]---
            [    4.000000] ordinary again
            """);
        var lines = Assert.Single(log.Splats).Excerpt.Split('\n');
        Assert.Contains("cut here", lines[0], StringComparison.Ordinal);
        Assert.Contains("end trace", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_complaint_without_an_end_marker_stops_at_the_end_of_its_stack()
    {
        var log = KernelLogScanner.Scan("""
            [    3.000001] BUG: Bad page map in process dotnet  pte:8000 pmd:1234
            [    3.000002] Call Trace:
            [    3.000003]  <TASK>
            [    3.000004]  print_bad_pte+0x1/0x2
            [    3.000005]  </TASK>
            [    4.000000] hello from elsewhere
            """);
        Assert.EndsWith("</TASK>", Assert.Single(log.Splats).Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public void Blocked_tasks_are_gathered_and_are_no_splat()
    {
        var log = KernelLogScanner.Scan("""
            [    0.000000] Linux version 6.1.0
            [   60.000001] sysrq: Show Blocked State
            [   60.000002] task:dotnet          state:D stack:13000 pid:71    ppid:1      flags:0x00000000
            [   60.000003] Call Trace:
            [   60.000004]  <TASK>
            [   60.000005]  handle_userfault+0x3ac/0x6a0
            [   60.000006]  </TASK>
            [   61.000000] reboot: Power down
            """);
        Assert.Empty(log.Splats);
        Assert.Contains("handle_userfault+0x3ac", log.BlockedTasks, StringComparison.Ordinal);
        Assert.DoesNotContain("Power down", log.BlockedTasks, StringComparison.Ordinal);
    }

    [Fact]
    public void A_complaint_in_the_middle_of_a_dump_is_still_one()
    {
        var log = KernelLogScanner.Scan("""
            [    0.000000] Linux version 6.1.0
            [   60.000001] sysrq: Show Blocked State
            [   60.000002] rcu: INFO: rcu_preempt self-detected stall on CPU
            [   60.000003] rcu: 	1-....: (5249 ticks this GP)
            """);
        Assert.Equal(SplatKind.RcuStall, Assert.Single(log.Splats).Kind);
    }

    /// <summary>mm/mmap.c, mm/memory.c, mm/swapfile.c, mm/slub.c: a series about page tables breaks these first.</summary>
    [Theory]
    [InlineData("BUG: non-zero pgtables_bytes on freeing mm: 4096", nameof(SplatKind.Bug))]
    [InlineData("BUG: Bad rss-counter state mm:00000000c5ff1fb3 type:MM_SWAPENTS val:-1", nameof(SplatKind.Bug))]
    [InlineData("BUG: Bad page state: 3 messages suppressed", nameof(SplatKind.Bug))]
    [InlineData("mm/pgtable-generic.c:54: bad pmd (____ptrval____)(8000000123400067)", nameof(SplatKind.BadPageTable))]
    [InlineData("mm/memory.c:207: bad p4d 00000000deadbeef(0000000000000400)", nameof(SplatKind.BadPageTable))]
    [InlineData("get_swap_device: Bad swap file entry 3ffffffffffff", nameof(SplatKind.BadPageTable))]
    [InlineData("_swap_info_get: Unused swap offset entry 00000001", nameof(SplatKind.BadPageTable))]
    [InlineData("BUG kmalloc-64 (Not tainted): Right Redzone overwritten", nameof(SplatKind.Bug))]
    [InlineData("BUG vm_area_struct (Tainted: G    B W         ): Object already free", nameof(SplatKind.Bug))]
    [InlineData("INFO: trying to register non-static key.", nameof(SplatKind.Lockdep))]
    public void What_a_broken_page_table_makes_the_kernel_say_is_a_complaint(string message, string kind) =>
        Assert.Equal((Enum.Parse<SplatKind>(kind), message),
            Only(KernelLogScanner.Scan(Streams.Banner + "[    3.141592] " + message + "\n")));

    [Fact]
    public void Lost_lines_are_counted()
    {
        var log = KernelLogScanner.Scan("""
            [    0.000000] Linux version 6.1.0
            ** 12 printk messages dropped **
            [    5.000000] net_ratelimit: 4 callbacks suppressed
            ** 1 printk messages dropped **
            [    6.000000] printk: faultline: 30 output lines suppressed due to ratelimiting
            [    7.500000] user says 5 printk messages dropped
            """);
        Assert.Equal((13, 34), (log.Dropped, log.Suppressed));
        Assert.Equal([0, 5, 6, 7.5], log.Stamps.Order());
        Assert.Empty(log.Splats);
    }

    private static (SplatKind Kind, string Title) Only(KernelLog log) => (Assert.Single(log.Splats).Kind, log.Splats[0].Title);

    [Fact]
    public void Any_text_at_all_can_be_scanned()
    {
        var pieces = Gen.OneOf(
            "[    1.0] ", "\u001bc", "BUG: ", "WARNING: CPU: 0 PID: 1 at x", "Kernel panic - not syncing", "\n", "\0", "------------[ "
                + "cut here ]------------", "sysrq: Show Blocked State",
            "---[ end trace ", "x", " ", "]", "[", "  <TASK>", "é", "[99999999999999999999999999.1] ");
        pieces.Array[0, 60].Sample(parts => KernelLogScanner.Scan(string.Concat(parts)) is not null, iter: 3000);
    }
}
