using System.Text.RegularExpressions;

namespace Faultline.Harness.Results;

/// <summary>
/// How the kernel words its complaints. Every pattern is anchored at the start of a message: lines such as
/// <c>Spectre V2 : WARNING: Unprivileged eBPF is enabled</c> are advice, not splats.
/// </summary>
internal static partial class SplatPatterns
{
    /// <summary>Tried in order; the first match names the kind. Sources: lib/bug.c, kernel/panic.c, kernel/locking/lockdep.c, mm/, kernel/rcu/.</summary>
    private static readonly (SplatKind Kind, Regex Pattern)[] Patterns =
    [
        (SplatKind.Panic, Panic()),
        (SplatKind.Sanitizer, Sanitizer()),
        (SplatKind.PageTableCheck, PageTableCheck()),
        (SplatKind.Lockdep, Lockdep()),
        (SplatKind.SoftLockup, SoftLockup()),
        (SplatKind.HardLockup, HardLockup()),
        (SplatKind.Oops, Oops()),
        (SplatKind.Bug, Bug()),
        (SplatKind.Warning, Warning()),
        (SplatKind.RcuStall, RcuStall()),
        (SplatKind.HungTask, HungTask()),
        (SplatKind.BadPageTable, BadPageTable()),
    ];

    /// <summary>The kind of complaint <paramref name="message"/> (no timestamp) starts, or null for an ordinary line.</summary>
    public static SplatKind? Classify(string message)
    {
        // Most lines of a log hold none of these words; the patterns run only on the rest.
        if (!Hint().IsMatch(message))
            return null;
        foreach (var (kind, pattern) in Patterns)
        {
            if (pattern.IsMatch(message))
                return kind;
        }

        return null;
    }

    /// <summary><c>[   12.345678]</c>, with the caller field of PRINTK_CALLER or the log level of a raw dump where they are.</summary>
    [GeneratedRegex(@"^(<\d+>)?\[\s*(?<time>\d+\.\d+)\](\[\s*[TC]\d+\])?\s?")]
    public static partial Regex Prefix();

    /// <summary>The last line of a trace.</summary>
    [GeneratedRegex(@"^---\[ end (trace|Kernel panic)")]
    public static partial Regex End();

    /// <summary>Lines that lead up to a complaint and say what it is about: dump_page(), dump_vma(), dump_mm(), list debugging, usercopy, page faults.</summary>
    [GeneratedRegex(@"^(\s|page: ?|head:|memcg:|\w* ?(ksm |anon )?flags: |raw: |page dumped because|page_owner|page last (allocated|free)|page allocated via|page has been migrated|aops:|mapping:|vma [0-9a-fx(]|mm [0-9a-fx(]|next |prot[: ]|pgd |list_(add|del)|list corruption|usercopy: |refcount_t: |kernel tried to |#PF: |PGD |DMA-API: |VM_BUG|=+$)")]
    public static partial Regex LeadingUp();

    /// <summary>Lines inside a trace, used to find its end where the kernel marks none.</summary>
    [GeneratedRegex(@"^( |\t|</?(TASK|IRQ|NMI)>|Call Trace:|CPU: |Hardware name:|RIP: |RSP: |RAX: |RDX: |RBP: |R1[03]: |FS: |CS: |CR2: |DR[03]: |Code: |page:|flags: |raw: |page dumped|addr:|file:|Modules linked in|Tainted|task:|NMI backtrace|Sending NMI|rcu:|but task|other info|stack backtrace|the existing|which lock|Possible|Showing all|\d+ locks? held|=+$|-+$|$)")]
    public static partial Regex Continuation();

    [GeneratedRegex(@"^sysrq: (Show Blocked State|Show backtrace of all active CPUs|Show State)")]
    public static partial Regex BlockedDump();

    /// <summary>The kernel's own word that its log has a hole.</summary>
    [GeneratedRegex(@"^(\*\* (?<dropped>\d+) printk messages dropped \*\*|(\S+: )*(?<suppressed>\d+) (callbacks|output lines) suppressed)")]
    public static partial Regex Lost();

    [GeneratedRegex(@"panic|bug|warning|oops|fault|opcode|error:|fatal|lock|rcu|stall|blocked|san:|leak|bad|segment|held|int3|register|unused", RegexOptions.IgnoreCase)]
    private static partial Regex Hint();

    [GeneratedRegex(@"^Kernel panic - not syncing")]
    private static partial Regex Panic();

    [GeneratedRegex(@"^(BUG: (KASAN|KCSAN|KMSAN|KFENCE)\b|UBSAN: |kmemleak: \d+ new suspected memory leaks)")]
    private static partial Regex Sanitizer();

    [GeneratedRegex(@"^kernel BUG at mm/page_table_check\.c")]
    private static partial Regex PageTableCheck();

    [GeneratedRegex(@"^(WARNING: (possible (circular locking|recursive locking|irq lock inversion|deadlock)|inconsistent lock state|suspicious RCU usage|bad unlock balance|bad contention|held lock freed|lock held when returning|.*-safe -> .*-unsafe lock order|nested lock|locking bug|Nested)|INFO: possible .*(deadlock|lock).* detected|INFO: trying to register non-static key|DEBUG_LOCKS_WARN_ON|BUG: (MAX_LOCKDEP_|looking up invalid subclass|spinlock |rwlock |rwsem ))")]
    private static partial Regex Lockdep();

    [GeneratedRegex(@"^(watchdog: )?BUG: soft lockup")]
    private static partial Regex SoftLockup();

    [GeneratedRegex(@"^((NMI )?watchdog: )?Watchdog detected hard LOCKUP")]
    private static partial Regex HardLockup();

    [GeneratedRegex(@"^(BUG: (kernel NULL pointer|unable to handle|stack guard page|TASK stack guard|IRQ stack guard)|Oops(: |\[| -)|(general protection fault|invalid opcode|divide error|stack segment|double fault|int3|traps: PANIC|kernel stack overflow|Bad IO access|PANIC: double fault)\b.*(#|0000|maybe|for |error_code|:))")]
    private static partial Regex Oops();

    [GeneratedRegex(@"^(kernel BUG at |BUG: (?!soft lockup|workqueue lockup.*\(idle\))|BUG \S+ \((Not tainted|Tainted: [^)]*)\): )")]
    private static partial Regex Bug();

    [GeneratedRegex(@"^WARNING: (CPU: \d+ PID: |at |stack |kernel stack |\S+/\S+\.[ch]:\d+ )")]
    private static partial Regex Warning();

    [GeneratedRegex(@"^(rcu: )?INFO: .*(detected (expedited )?stalls|self-detected stall)")]
    private static partial Regex RcuStall();

    [GeneratedRegex(@"^INFO: task .* blocked (for more than|in I/O wait for more than) \d+ seconds")]
    private static partial Regex HungTask();

    [GeneratedRegex(@"^((\S+\.[ch]:\d+: )?bad (pgd|p4d|pud|pmd)\b|\w+: (Bad|Unused) swap (file|offset) entry )")]
    private static partial Regex BadPageTable();
}
