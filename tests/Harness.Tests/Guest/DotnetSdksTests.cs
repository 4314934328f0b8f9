using Faultline.Harness.Guest;

namespace Faultline.Harness.Tests.Guest;

public sealed class DotnetSdksTests
{
    [Fact]
    public void The_sdks_next_to_a_runtime_are_named_in_order()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "sdk/10.0.401", "sdk/10.0.100", "shared/Microsoft.NETCore.App/10.0.12" })
            Directory.CreateDirectory(folder.Of(name));
        Assert.Equal("10.0.100 10.0.401", DotnetSdks.Of(folder.Of("shared", "Microsoft.NETCore.App", "10.0.12") + "/"));
    }

    [Fact]
    public void A_folder_that_is_no_framework_has_none() => Assert.Equal("", DotnetSdks.Of("/"));
}
