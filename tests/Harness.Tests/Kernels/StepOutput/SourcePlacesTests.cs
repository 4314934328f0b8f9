using Faultline.Harness.Kernels;
using Faultline.Harness.Kernels.StepOutput;
using Faultline.Harness.Programs;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Kernels.StepOutput;

/// <summary>A place that the compiler names is one that the user has.</summary>
public sealed class SourcePlacesTests : IDisposable
{
    private static readonly BuildError Error = new("mm/mprotect.c", 86, "expected ';'");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_a_developers_tree_it_is_the_file_in_the_tree()
    {
        _folder.Write("linux/mm/mprotect.c", "");
        var source = new KernelSource.Tree(_folder.Of("base")) { Developed = _folder.Of("linux") };
        Assert.Equal($"{_folder.Of("linux/mm/mprotect.c")}:86: expected ';'", PlaceOf(source, PatchSeries.None, Error));
        Assert.Equal("mm/gone.c:1: no", PlaceOf(source, PatchSeries.None, new BuildError("mm/gone.c", 1, "no")));
        Assert.Equal("No rule", PlaceOf(source, PatchSeries.None, new BuildError(null, null, "No rule")));
    }

    [Fact]
    public void Of_a_series_it_is_the_line_of_the_last_patch_that_changes_the_file()
    {
        var folder = RepositoryRoot.Of("tests", "Fixtures", "series", "syntax-error");
        var series = PatchSeries.Read(folder);
        var patch = Assert.Single(series.Patches);
        var line = Array.FindIndex(File.ReadAllLines(patch), text => text.Contains("uffd_wp_any =", StringComparison.Ordinal)) + 1;
        var source = new KernelSource.Debian("6.1");
        Assert.Equal($"mm/mprotect.c:86: expected ';' ({patch}:{line})", PlaceOf(source, series, Error));
        Assert.Equal($"mm/mprotect.c:9999: expected ';' ({patch})", PlaceOf(source, series, Error with { Line = 9999 }));
        Assert.Equal("mm/memory.c:1: no", PlaceOf(source, series, new BuildError("mm/memory.c", 1, "no")));
    }

    [Fact]
    public void Of_a_suites_folder_it_is_the_file_in_that_folder()
    {
        _folder.Write("mine/a.c", "");
        var spec = new SuiteSpec.OfFolder("mine", _folder.Of("mine"));
        var mine = _folder.Of("mine/a.c");
        Assert.Equal($"{mine}:1:2: error: no", SuitePaths.ToUsers(spec, "/input/folder/a.c:1:2: error: no"));
        Assert.Equal($"{mine}:1:2: error: no", SuitePaths.ToUsers(spec, "a.c:1:2: error: no"));
        Assert.Equal("b.c:1:2: error: no", SuitePaths.ToUsers(spec, "b.c:1:2: error: no"));
    }

    private static string PlaceOf(KernelSource source, PatchSeries series, BuildError error) => new SourcePlaces(
        new KernelRequest { Name = "mine", Source = source, Series = series, Fragments = [], Tag = "-mine" }).Of(error).ToString();
}
