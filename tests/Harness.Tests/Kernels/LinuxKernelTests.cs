using Faultline.Harness.Docker;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;
using Faultline.Harness.Tests.Docker;

namespace Faultline.Harness.Tests.Kernels;

/// <summary>
/// The ways a real kernel fails to be built, each on the cheapest series that shows it. They begin with the objects
/// of <c>base</c>, which is
/// built once into the checkout's artifacts (some minutes on a cold machine) and then found there.
/// </summary>
[Trait("needs", "engine")]
public sealed class LinuxKernelTests(EngineFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static VariantCatalog Catalog =>
        VariantCatalog.Load(RepositoryRoot.Of("linux-patch"), RepositoryRoot.Of("tests", "Fixtures", "series"));

    private KernelBuilder BuilderInto(Checkout checkout) => new(checkout, _ => fixture.EngineAsync());

    private async Task<(T Failure, RecordedProgress Progress)> FailsAsync<T>(Func<Checkout, KernelRequest> request)
        where T : Exception
    {
        var shared = new Checkout(RepositoryRoot.Path);
        await BuilderInto(shared).BuildAsync(KernelRequest.For(Catalog.Get("base"), shared), new RecordedProgress(), Token);

        using var folder = new TemporaryFolder();
        var checkout = new Checkout(RepositoryRoot.Path, folder.Path);
        var builder = BuilderInto(checkout);
        var failing = request(checkout);
        var progress = new RecordedProgress();
        try
        {
            var failure = await Assert.ThrowsAsync<T>(() => builder.BuildAsync(failing, progress, Token));
            Assert.False(File.Exists(Path.Combine(checkout.KernelFolder(failing.Name), "bzImage")));
            return (failure, progress);
        }
        finally
        {
            await builder.ForgetAsync(failing, new RecordedProgress(), CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_series_for_another_tree_names_patch_file_and_line()
    {
        var (failure, _) = await FailsAsync<PatchDoesNotApplyException>(checkout =>
            KernelRequest.For(Catalog.Get("does-not-apply"), checkout));
        Assert.Equal("0001-mm-userfaultfd-stop-retrying-when-a-signal-is-pendin.patch", failure.Failure.Patch);
        var hunk = Assert.Single(failure.Failure.Hunks);
        Assert.Equal(("mm/userfaultfd.c", 1), (hunk.File, hunk.Hunk));
        Assert.NotEmpty(failure.Failure.GitWords);
        Assert.Contains("debian:6.1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_impossible_option_names_itself_and_the_dependency_it_lacks()
    {
        var (failure, progress) = await FailsAsync<KconfigDroppedException>(checkout => KernelRequest.For(
            Catalog.Get("base"), checkout, extraFragments: [RepositoryRoot.Of("tests", "Fixtures", "kconfig", "impossible.config")])
                with { Name = "test-impossible" });
        var dropped = Assert.Single(failure.Dropped);
        Assert.Equal("NUMA_BALANCING", dropped.Request.Symbol);
        Assert.Contains(dropped.Reasons, r => r.StartsWith("depends on NUMA,", StringComparison.Ordinal));
        Assert.DoesNotContain(progress.Events, e => e.Phase == Phase.Build);
    }

    [Fact]
    public async Task A_syntax_error_names_the_compilers_line_and_compiles_little_else()
    {
        var (failure, progress) = await FailsAsync<KernelBuildException>(checkout =>
            KernelRequest.For(Catalog.Get("syntax-error"), checkout));
        Assert.Equal("mm/mprotect.c", failure.Errors[0].File);
        Assert.InRange(failure.Errors[0].Line ?? 0, 80, 100);
        Assert.Contains("mm/mprotect.c", failure.Message, StringComparison.Ordinal);
        // Beginning with the objects of base: the one changed file, and what the release's new suffix touches.
        Assert.InRange(progress.Lines(Phase.Build).Count(l => l.StartsWith("  CC ", StringComparison.Ordinal)), 1, 60);
    }
}
