using System.CommandLine;
using System.Globalization;
using Faultline.Cli.Runs;

namespace Faultline.Cli.Commands;

/// <summary>Options that mean the same in every command that has them.</summary>
internal static class CommonOptions
{
    public static Option<string?> Root { get; } = new("--root")
    {
        Description = "Faultline checkout to work in (default: the one around the current directory)",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "progress as JSON lines on standard error, the result as JSON on standard output",
    };

    public static Option<string[]> Variant { get; } = new("--variant", "-V")
    {
        Description = "variant to use, a folder of linux-patch; repeatable",
        HelpName = "NAME",
    };

    public static Option<string?> Kernel { get; } = CreateKernel();

    public static Option<string[]> Patches { get; } = new("--variants", "--patches")
    {
        Description = "another folder that holds variant folders, as linux-patch does; repeatable",
        HelpName = "DIR",
    };

    public static Option<string[]> Config { get; } = new("--config")
    {
        Description = "kconfig fragment on top of guest.config: a name in linux-patch/kconfig (debug) or a file; repeatable",
        HelpName = "NAME|FILE",
    };

    public static Option<string?> Tree { get; } = new("--tree")
    {
        Description = "kernel tree to build instead of the variant's base, as its files are now; it is copied, and never written to",
        HelpName = "DIR",
    };

    /// <summary>The git checkout to read. Its old name, --tree, is the tree to build in other commands.</summary>
    public static RenamedOption<string> Git { get; } = new("--git", "--tree", "DIR",
        "git checkout of the kernel, for sides that are revisions of it; it is not written to");

    public static Option<string[]> Filter { get; } = new("--filter")
    {
        Description = "run only these tests: row=R12, id=ID, suite=generated, feature=MACRO, promise=true, or a part of the name; "
            + "!QUERY leaves them out; repeatable: what any of them selects",
        HelpName = "QUERY",
    };

    public static Option<bool> Fresh { get; } = new("--fresh")
    {
        Description = "run the guests even when the same kernel and suite already have a verdict",
    };

    public static Option<bool> Cold { get; } = new("--cold")
    {
        Description = "boot the guests although snapshots of them are there; implies --fresh",
    };

    public static Option<int?> BootTimeout { get; } = Seconds(
        "--boot-timeout", "seconds a kernel may take to reach user space (default: 30, emulated 120); time that a busy machine keeps it waiting does not count");

    public static Option<int?> Timeout { get; } = Seconds(
        "--timeout", "seconds the suite may take on one kernel (default: 120, emulated 480); time that a busy machine keeps it waiting does not count");

    public static Option<string?> From { get; } = new("--from")
    {
        Description = "the report of the run, its folder or its results.json (default: the newest one in artifacts that has the kernel)",
        HelpName = "REPORT",
    };

    public static Option<bool> DryRun { get; } = new("--dry-run") { Description = "show what it would do, and do nothing" };

    public static Option<string> Accelerator { get; } = CreateAccelerator();

    private static Option<int?> Seconds(string name, string description)
    {
        const int least = 1, most = 24 * 60 * 60;
        var option = new Option<int?>(name)
        {
            Description = description,
            HelpName = "SECONDS",
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= least and <= most)
                    return seconds;
                result.AddError($"{name} {text}: give whole seconds, from {least} to {most}.");
                return null;
            },
        };
        return option;
    }

    private static Option<string?> CreateKernel()
    {
        var option = new Option<string?>("--kernel")
        {
            Description = $"'{PlannedKernel.Running}' is this machine's own kernel, without container or QEMU, by the promises of "
                + $"--variant (default: {PlannedKernel.DefaultProfile})",
            HelpName = PlannedKernel.Running,
        };
        option.AcceptOnlyFromAmong(PlannedKernel.Running);
        return option;
    }

    private static Option<string> CreateAccelerator()
    {
        var option = new Option<string>("--accel")
        {
            Description = "auto probes KVM with a real boot and falls back to TCG",
            HelpName = "auto|kvm|tcg",
            DefaultValueFactory = _ => "auto",
        };
        option.AcceptOnlyFromAmong("auto", "kvm", "tcg");
        return option;
    }
}
