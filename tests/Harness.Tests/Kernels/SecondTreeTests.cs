using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;
using Faultline.Harness.Tests.Docker;

namespace Faultline.Harness.Tests.Kernels;

/// <summary>A second work tree on the same base begins with what the first one has compiled, and compiles whatever differs.</summary>
[Trait("needs", "engine")]
public sealed class SecondTreeTests(EngineFixture fixture) : IAsyncDisposable
{
    private readonly ToyTree _first = new(), _second = new();
    private readonly List<KernelRequest> _built = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Nothing of another test is the same source.</summary>
    private readonly string _mark = $"int mark_{Guid.NewGuid():n}(void)\n{{\n\treturn 5;\n}}\n";

    [Fact]
    public async Task It_compiles_only_what_its_series_changes()
    {
        Prepare();
        Assert.Equal(4, Compilations(await BuildAsync(_first, "base")).Count);
        var control = await BuildAsync(_second, "base");
        Assert.Contains(
            control.Lines(Phase.Source), line => line.Contains("borrowed the source and the objects of base", StringComparison.Ordinal));
        Assert.False(control.Finished(Phase.Source).Cached);
        Assert.Empty(Compilations(control));

        var series = await _second.SeriesAsync("mm/other.c", "return 2;", "return 3;");
        var patched = await BuildAsync(_second, "mine", series);
        Assert.Equal(["  CC      mm/other.o", "  LD      vmlinux"], Compilations(patched));
    }

    [Fact]
    public async Task With_a_series_at_once_it_is_the_same()
    {
        Prepare();
        await BuildAsync(_first, "base");
        var series = await _second.SeriesAsync("mm/other.c", "return 2;", "return 3;");
        Assert.Equal(["  CC      mm/other.o", "  LD      vmlinux"], Compilations(await BuildAsync(_second, "mine", series)));
        Assert.Empty(Compilations(await BuildAsync(_second, "base")));
    }

    [Fact]
    public async Task Other_files_and_objects_of_a_series_are_no_beginning()
    {
        Prepare();
        var series = await _first.SeriesAsync("mm/other.c", "return 2;", "return 3;");
        await BuildAsync(_first, "mine", series);
        // The first has only objects of a series.
        Assert.Equal(4, Compilations(await BuildAsync(_second, "base")).Count);

        using var third = new ToyTree();
        third.Write("tree/fs/mark.c", _mark);
        third.Write("tree/mm/other.c", "int two(void)\n{\n\treturn 4;\n}\n");
        Assert.Equal(4, Compilations(await BuildAsync(third, "base")).Count);
    }

    public async ValueTask DisposeAsync()
    {
        var engine = await fixture.EngineAsync();
        foreach (var volume in _built.Select(request => new StepRunner(engine, CheckoutOf(_first), request).Volume).Distinct())
            await engine.Volumes.RemoveAsync(volume, CancellationToken.None);
        _first.Dispose();
        _second.Dispose();
    }

    private static Checkout CheckoutOf(ToyTree tree) => new(RepositoryRoot.Path, tree.Of("artifacts"));

    private static List<string> Compilations(RecordedProgress progress) => [.. progress.Lines(Phase.Build).Where(line =>
        line.StartsWith("  CC", StringComparison.Ordinal) || line.StartsWith("  LD", StringComparison.Ordinal))];

    private void Prepare()
    {
        foreach (var tree in (ToyTree[])[_first, _second])
            tree.Write("tree/fs/mark.c", _mark);
    }

    private async Task<RecordedProgress> BuildAsync(ToyTree tree, string name, string? series = null)
    {
        var progress = new RecordedProgress();
        var request = new KernelRequest
        {
            Name = name,
            Source = new KernelSource.Tree(tree.Path) { Developed = tree.Of("developed") },
            Series = series is null ? PatchSeries.None : PatchSeries.Read(series),
            Fragments = [tree.Write("toy.config", "CONFIG_TOY=y\n")],
            Tag = "-toy",
        };
        _built.Add(request);
        await new KernelBuilder(CheckoutOf(tree), _ => fixture.EngineAsync()).BuildAsync(request, progress, Token);
        return progress;
    }
}
