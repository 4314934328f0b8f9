using Faultline.Harness.Guest;

namespace Faultline.Harness.Tests.Guest;

public sealed class DotnetSdksTests
{
    [Fact]
    public void The_sdks_next_to_the_program_are_named_in_order()
    {
        using var folder = new TemporaryFolder();
        Install(folder);
        Assert.Equal("10.0.100 10.0.401", DotnetSdks.Of(folder.Of("dotnet")));
    }

    [Fact]
    public void A_packages_link_is_followed()
    {
        using var folder = new TemporaryFolder();
        Install(folder);
        Directory.CreateDirectory(folder.Of("bin"));
        File.CreateSymbolicLink(folder.Of("bin/again"), "../dotnet");
        File.CreateSymbolicLink(folder.Of("bin/dotnet"), "again");
        Assert.Equal("10.0.100 10.0.401", DotnetSdks.Of(folder.Of("bin/dotnet")));
    }

    [Fact]
    public void A_program_without_any_has_none() => Assert.Equal("", DotnetSdks.Of("/bin/sh"));

    [Fact]
    public void This_machine_has_some() => Assert.NotEqual("", DotnetSdks.Installed);

    private static void Install(TemporaryFolder folder)
    {
        foreach (var name in new[] { "sdk/10.0.401", "sdk/10.0.100", "shared/Microsoft.NETCore.App/10.0.12" })
            Directory.CreateDirectory(folder.Of(name));
        File.WriteAllText(folder.Of("dotnet"), "");
    }
}
