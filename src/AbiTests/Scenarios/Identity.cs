using Faultline.AbiTests.Expectations;
using Faultline.AbiTests.Generated;
using Faultline.AbiTests.Memory;
using Faultline.AbiTests.Runner;

namespace Faultline.AbiTests.Scenarios;

/// <summary>Feature bits cannot tell two variants apart, so the kernel's release must name the build.</summary>
public sealed class Identity
{
    [Fact, Trait("row", Promises.Identity), Trait("suite", "scenario")]
    public void The_kernel_release_carries_the_profiles_tag()
    {
        var tag = Profile.Current.Tag;
        if (tag.Length == 0)
            Assert.Skip($"The profile '{Profile.Current.Name}' names no tag: this is the machine's own kernel, {Procfs.KernelRelease}.");
        // At the end, where a build puts it: another variant's tag may begin with this one.
        var carriesTag = Procfs.KernelRelease.EndsWith(tag, StringComparison.Ordinal);
        GeneratedChecks.RefusedAsControl = !carriesTag;
        Assert.True(carriesTag,
            $"The running kernel is {Procfs.KernelRelease}; the release of a kernel built for '{Profile.Current.Name}' ends with '{tag}'.");
    }
}
