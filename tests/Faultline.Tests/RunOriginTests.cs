using System.Diagnostics;
using Faultline.Cli.Runs;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Tests;

public sealed class RunOriginTests
{
    private static readonly string[] Words = ["test", "--filter", "a b"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_knows_its_command_revision_and_machine()
    {
        var facts = await RunOrigin.BeginAsync(new Harness.Checkout(Command.Root), Words, Token);
        Assert.Equal(Words, facts.Command);
        Assert.StartsWith($"cd {Environment.CurrentDirectory} && ", facts.Repeat, StringComparison.Ordinal);
        Assert.EndsWith(" test --filter 'a b'", facts.Repeat, StringComparison.Ordinal);
        Assert.StartsWith("0.1.0", facts.Version, StringComparison.Ordinal);
        Assert.True(facts.Machine is { Cores: > 0, LoadBefore: >= 0 });
    }

    /// <summary>A commit, then a change that is not committed.</summary>
    [Fact]
    public async Task The_revision_says_that_the_checkout_was_changed()
    {
        using var checkout = new Checkout(withBase: false);
        string Git(params string[] arguments)
        {
            var start = new ProcessStartInfo("git", ["-C", checkout.Folder, "-c", "user.name=A", "-c", "user.email=a@b", .. arguments]) { RedirectStandardOutput = true };
            using var git = Process.Start(start)!;
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            Assert.Equal(0, git.ExitCode);
            return output.Trim();
        }

        Git("init", "--quiet");
        var file = Path.Combine(checkout.Folder, "file");
        File.WriteAllText(file, "one");
        Git("add", "file");
        Git("commit", "--quiet", "--message", "one");
        var committed = new Harness.Checkout(checkout.Folder);
        var commit = Git("rev-parse", "--short", "HEAD");
        Assert.Equal(commit, (await RunOrigin.BeginAsync(committed, Words, Token)).Revision);
        File.WriteAllText(file, "two");
        Assert.Equal($"{commit}-dirty", (await RunOrigin.BeginAsync(committed, Words, Token)).Revision);
    }

    [Fact]
    public async Task Only_tools_that_were_asked_are_named()
    {
        var begun = await RunOrigin.BeginAsync(new Harness.Checkout(Command.Root), Words, Token);
        var facts = RunOrigin.End(begun, engine: null, qemu: "QEMU emulator version 7.2.22");
        Assert.Equal("QEMU emulator version 7.2.22", facts.Tools["qemu"]);
        Assert.StartsWith(".NET ", facts.Tools["dotnet"], StringComparison.Ordinal);
        Assert.False(facts.Tools.ContainsKey("engine"));
        Assert.Equal("20.10", RunOrigin.End(begun, "20.10", null).Machine!.Engine);
    }

    [Fact]
    public async Task A_kernel_names_its_source_and_its_patches_by_subject()
    {
        var selection = new Selection
        {
            Checkout = new Harness.Checkout(Command.Root),
            Catalog = VariantCatalog.Load([Path.Combine(Command.Root, "linux-patch")]),
            Named = [],
            Tree = null,
            Fragments = [],
        };
        var kernel = new PreparedKernel(PlannedKernel.Of(selection.Catalog.Get("wp-zeropage"), selection)) { Failure = new UsageException("not built") };
        var untold = KernelReports.Of(new KernelOutcome(kernel, Own: null, []), control: null);
        var report = await RunOrigin.AddToAsync(untold, kernel, tree: null, Token);
        Assert.Equal(("debian:6.1", null), (report.Source!.Name, report.Source.Version));
        Assert.Equal(selection.Catalog.Get("wp-zeropage").Series.Patches.Count, report.Patches.Length);
        Assert.Equal("mm/uffd: add UFFD_FEATURE_WP_ZEROPAGE", report.Patches[5].Subject);
        Assert.Equal("/home/me/linux", (await RunOrigin.AddToAsync(untold, kernel, "/home/me/linux", Token)).Source!.Name);
    }
}
