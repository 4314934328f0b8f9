using Faultline.Harness.Docker;
using Faultline.Harness.Identity;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;
using Faultline.Harness.Tests.Docker;

namespace Faultline.Harness.Tests.Kernels;

/// <summary>Builds that come to no good end: what is told, what is left, and that the next one is none the worse.</summary>
[Trait("needs", "engine")]
// One after the other: some remove every container of the kernel's name.
[Collection("toy kernels")]
public sealed class ToyKernelFailureTests(EngineFixture fixture) : ToyKernels(fixture)
{
    [Fact]
    public async Task A_dropped_option_is_explained_and_leaves_no_result()
    {
        var failure = await Assert.ThrowsAsync<KconfigDroppedException>(
            () => BuildAsync(Request(fragment: "CONFIG_TOY=y\n\nCONFIG_DROPPED=y\n")));
        var dropped = Assert.Single(failure.Dropped);
        Assert.Equal(("DROPPED", "y", 3, "n"), (dropped.Request.Symbol, dropped.Request.Value, dropped.Request.Line, dropped.Actual));
        Assert.StartsWith("depends on MISSING", Assert.Single(dropped.Reasons), StringComparison.Ordinal);
        Assert.Equal([], Results());
    }

    [Fact]
    public async Task A_compiler_error_comes_with_its_line_and_the_next_build_recovers()
    {
        var file = Path.Combine(Tree.Path, "mm/other.c");
        var good = File.ReadAllText(file);
        File.WriteAllText(file, good.Replace("return 2;", "return 2", StringComparison.Ordinal));
        var failure = await Assert.ThrowsAsync<KernelBuildException>(() => BuildAsync(Request()));
        Assert.Equal((file, 3), (failure.Errors[0].File, failure.Errors[0].Line));
        Assert.True(File.Exists(failure.LogPath));
        Assert.Equal([], Results());

        File.WriteAllText(file, good);
        await BuildAsync(Request());
    }

    [Fact]
    public async Task A_build_killed_from_outside_is_not_taken_for_a_mistake_in_the_source()
    {
        File.AppendAllText(
            Path.Combine(Tree.Path, "Makefile"),
            "bzImage: slow\nslow: announced\n\t@sleep 600\nannounced: $(O)/vmlinux\n\t@echo waiting\n");
        Task? removal = null;
        var progress = new RecordedProgress(e =>
        {
            if (e is PhaseOutput { Phase: Phase.Build, Line: "waiting" })
                removal = Engines.RemoveContainersAsync("build-toy");
        });
        var failure = await Assert.ThrowsAsync<ContainerFailedException>(() => Builder.BuildAsync(Request(), progress, Token));
        await removal!;
        Assert.Contains("killed from outside", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_it_leaves_no_container_and_no_result_and_the_next_build_starts_clean()
    {
        File.AppendAllText(
            Path.Combine(Tree.Path, "Makefile"),
            "bzImage: slow\nslow: announced\n\t@sleep ${SLEEP}\nannounced: $(O)/vmlinux\n\t@echo waiting\n");
        Tree.Write("tree/include/uapi/linux/userfaultfd.h", "#define UFFD_TOY 2\n");
        var makefile = Path.Combine(Tree.Path, "Makefile");
        var text = File.ReadAllText(makefile);
        File.WriteAllText(makefile, text.Replace("${SLEEP}", "600", StringComparison.Ordinal));
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var progress = new RecordedProgress(e =>
        {
            if (e is PhaseOutput { Phase: Phase.Build, Line: "waiting" })
                source.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Builder.BuildAsync(Request(), progress, source.Token));
        Assert.Equal(PhaseOutcome.Cancelled, progress.Finished(Phase.Build).Outcome);
        Assert.Empty(await Engines.ContainersAsync("build-toy"));
        Assert.Equal([], Results());

        File.WriteAllText(makefile, text.Replace("${SLEEP}", "0", StringComparison.Ordinal));
        var (_, next) = await BuildAsync(Request());
        // Any object written in the last minute may be half of one.
        Assert.Equal(3, Compilations(next).Count);
    }
}
