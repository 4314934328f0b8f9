using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

public class VolumeFactsTests
{
    [Fact]
    public void A_tree_that_is_gone_from_this_machine_makes_a_volume_stale()
    {
        using var folder = new TemporaryFolder();
        Assert.False(Read(new VolumePurpose("kernels", folder.Path)).IsStale);
        var gone = Read(new VolumePurpose("kernels", folder.Of("gone")));
        Assert.True(gone.IsStale);
        Assert.Equal(("v", "kernels", folder.Of("gone"), 3L), (gone.Name, gone.Purpose, gone.Tree, gone.Bytes));
    }

    [Fact]
    public void A_tree_of_another_machine_is_not_looked_for_here()
    {
        var labels = new VolumePurpose("kernels", "/nonexistent/tree").AddTo([]);
        labels[VolumePurpose.HostLabel] = "another";
        Assert.False(VolumeFacts.Of("v", labels, null).IsStale);
    }

    [Fact]
    public void A_scratch_volume_is_stale_when_its_process_is_gone()
    {
        var own = new VolumePurpose("compiler cache", Scratch: true).AddTo(new() { [OwnerProcess.Label] = OwnerProcess.Current! });
        Assert.False(VolumeFacts.Of("v", own, null).IsStale);
        own[OwnerProcess.Label] = OwnerProcess.Current![..(OwnerProcess.Current!.LastIndexOf('/') + 1)] + "1";
        Assert.True(VolumeFacts.Of("v", own, null).IsStale);
    }

    [Fact]
    public void A_volume_that_says_nothing_is_not_stale()
    {
        Assert.Equal(new VolumeFacts("v", null, null, IsStale: false, null), VolumeFacts.Of("v", null, null));
        Assert.False(VolumeFacts.Of("v", new Dictionary<string, string> { [OwnerProcess.Label] = "gone" }, null).IsStale);
    }

    private static VolumeFacts Read(VolumePurpose purpose) => VolumeFacts.Of("v", purpose.AddTo([]), 3);
}
