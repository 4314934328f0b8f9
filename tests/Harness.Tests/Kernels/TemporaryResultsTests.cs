using Faultline.Harness.Identity;
using Faultline.Harness.Kernels;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Kernels;

public sealed class TemporaryResultsTests : IDisposable
{
    // Above the highest pid a kernel gives (4194304).
    private const string Gone = ".partial-4999999-0badcafe";
    private readonly TemporaryFolder _folder = new();

    private Checkout Checkout => new(RepositoryRoot.Path, _folder.Path);

    private static KernelId Toy { get; } = new("toy", new KernelSource.Debian("6.1"), Architecture.X86, KernelFlavour.Plain);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_left_by_a_killed_process_goes_whatever_kernel_it_was_for_and_one_in_use_stays()
    {
        _folder.Write($"kernels/another/{Gone}/config", "half");
        _folder.Write($"kernels/toy/{Gone}/config", "half");
        var mine = $".partial-{Environment.ProcessId}-12345678";
        _folder.Write($"kernels/toy/{mine}/config", "being written");
        TemporaryResults.RemoveAbandoned(Checkout);
        Assert.False(Directory.Exists(Checkout.KernelFolder("another")));
        using (var results = new TemporaryResults(Checkout, Toy))
            File.WriteAllText(results.Of("config"), "whole");
        Assert.Equal([mine], Directory.EnumerateFileSystemEntries(Checkout.KernelFolder("toy")).Select(Path.GetFileName));
    }

    [Fact]
    public void Without_a_result_the_kernels_folder_goes_as_well()
    {
        new TemporaryResults(Checkout, Toy).Dispose();
        Assert.False(Directory.Exists(Checkout.KernelFolder("toy")));
    }
}
