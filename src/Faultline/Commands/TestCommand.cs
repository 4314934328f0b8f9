using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Cli.Terminal;
using Faultline.Harness.Guest;
using Faultline.Harness.Programs;
using Faultline.Harness.Progress;
using Faultline.Harness.Report;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Commands;

/// <summary><c>faultline test</c>: chosen kernels, or the machine's own, without the negative control.</summary>
internal static class TestCommand
{
    private static readonly Option<string?> Kernel = new("--kernel")
    {
        Description = $"'{PlannedKernel.Running}' is this machine's own kernel, without container or QEMU; a file is one built elsewhere, "
            + "a bzImage or a Debian package, that is booted; by the promises of --variant (default: those that fit its version)",
        HelpName = $"{PlannedKernel.Running}|FILE",
    };

    public static Command Create()
    {
        var command = new Command("test",
            "run the conformance suite on the named variants, on a kernel built elsewhere, or on this machine's own")
        {
            CommonOptions.Variant, Kernel, CommonOptions.Patches, CommonOptions.Tree, CommonOptions.Config,
            CommonOptions.Filter, ProgramOptions.Suite, CommonOptions.Accelerator, CommonOptions.BootTimeout, CommonOptions.Timeout,
            CommonOptions.Fresh, CommonOptions.Cold,
            RoundOptions.Repeat, RoundOptions.Shuffle, RoundOptions.UntilFail, ReportPlace.Option, TestListOption.Option,
            Bisection.OfVerdicts, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command.With(
            "faultline test --kernel running",
            "faultline test --variant wp-unpopulated",
            "faultline test --kernel ~/kernels/vmlinuz-6.6.9",
            "faultline test --kernel linux-image-6.12.113+deb12-cloud-amd64-unsigned_6.12.113-1~deb12u1_amd64.deb",
            "faultline test --kernel running --list --filter promise=true",
            "faultline test --kernel running --filter row=R56 --repeat 50 --shuffle",
            "faultline test --variant wp-unpopulated --suite builtin --suite selftests:mm",
            "faultline test --kernel ~/kernels/vmlinuz-6.6.9 --suite ~/my-tests",
            "faultline test --tree ~/src/linux --variant wp-unpopulated",
            "faultline test --variant wp-unpopulated --filter row=R12 --output ~/reports/r12",
            "git bisect run faultline test --bisect --root ~/faultline --tree . --variant upstream",
            "faultline test --variant wp-unpopulated --boot-timeout 20 --timeout 60");
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var selection = SelectionOptions.Read(parsed);
        if (parsed.GetValue(Kernel) is { } kernel)
        {
            return kernel == PlannedKernel.Running ? RunningAsync(parsed, selection, cancellation)
                : FileAsync(parsed, selection, kernel, cancellation);
        }

        if (selection.Tree is { } tree && selection.Named.Count == 0)
        {
            var all = string.Join(", ", selection.Variants.Select(variant => variant.Name));
            throw new UsageException(
                $"test --tree {tree}: without --variant, every series of linux-patch would be applied to your tree ({all}). "
                + $"Name the one you mean with --variant NAME; "
                + $"'--variant {selection.Control.Name}' tests the tree as it is, by what an unpatched kernel does.");
        }

        var plan = RunPlan.Of(selection, control: null, selection.Named.Count > 0 ? selection.Named : selection.Variants);
        return VerdictRun.RunAsync(parsed,
            new MainRunRequest(selection, plan, SuiteOptions.Read(parsed), selection.Checkout.ReportOfTest), cancellation);
    }

    private static Task<int> FileAsync(ParseResult parsed, Selection selection, string file, CancellationToken cancellation)
    {
        if (selection.Tree is not null || selection.Fragments.Count > 0)
        {
            throw new UsageException(
                $"--kernel {file} is booted as it is; --tree and --config are for a kernel that is built. Leave one out.");
        }

        if (selection.Named.Count > 1)
            throw new UsageException($"--kernel {file} takes one --variant: the profile that the kernel is compared with.");
        var options = SuiteOptions.Read(parsed);
        return parsed.GetValue(TestListOption.Option) ? VerdictRun.ListAsync(parsed, Planned(PrebuiltPlan.ToListAsync), cancellation)
            : VerdictRun.RunAsync(parsed, selection, Planned(PrebuiltPlan.OfAsync), cancellation);

        Func<IProgress<HarnessEvent>, Task<MainRunRequest>> Planned(
            Func<Selection, string, IProgress<HarnessEvent>, CancellationToken, Task<RunPlan>> plan) => async progress =>
            new MainRunRequest(selection, await plan(selection, file, progress, cancellation), options, selection.Checkout.ReportOfTest);
    }

    private static Task<int> RunningAsync(ParseResult parsed, Selection selection, CancellationToken cancellation)
    {
        if (selection.Tree is { } tree)
        {
            throw new UsageException(
                $"--kernel running tests the kernel of this machine, which is not built from --tree {tree}; leave one of the two out.");
        }

        if (selection.Named.Count > 1)
            throw new UsageException("--kernel running takes one --variant: the profile that the running kernel is compared with.");
        if (parsed.GetValue(CommonOptions.BootTimeout) is not null)
            throw new UsageException("--boot-timeout makes no sense with --kernel running: nothing is booted. --timeout limits the suite.");
        if (parsed.GetValue(ProgramOptions.Suite) is { Length: > 0 } suites && suites.Any(suite => suite != SuiteSpec.BuiltinName))
        {
            throw new UsageException(
                "--suite with --kernel running: programs of other suites run as root, and only in a guest. "
                + "Name a variant, or a kernel's file.");
        }

        var profile = selection.Named.Count == 1 ? selection.Named[0] : selection.Catalog.Get(PlannedKernel.DefaultProfile);
        var plan = RunPlan.OfThisMachine(selection, profile);
        return VerdictRun.RunAsync(parsed,
            new MainRunRequest(
                selection, plan, SuiteOptions.Read(parsed) with { Suites = ChosenSuites.Builtin }, selection.Checkout.ReportOfRunning),
            cancellation);
    }
}
