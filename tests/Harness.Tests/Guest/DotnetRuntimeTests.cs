using Faultline.Harness.Guest;

namespace Faultline.Harness.Tests.Guest;

public sealed class DotnetRuntimeTests
{
    [Fact]
    public async Task The_runtime_of_this_process_is_found_whole()
    {
        var runtime = await DotnetRuntime.FindAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Environment.Version.Major, Version.Parse(runtime.Version.Split('-')[0]).Major);
        Assert.True(File.Exists(Path.Combine(runtime.Framework, "System.Private.CoreLib.dll")));
        Assert.True(File.Exists(Path.Combine(runtime.HostFxr, "libhostfxr.so")));
        Assert.True(File.Exists(runtime.Program));
    }

    [Fact]
    public void A_folder_that_is_no_framework_is_no_runtime()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(DotnetRuntime.FromRuntimeFolder("/"));
        Assert.Null(DotnetRuntime.FromRuntimeFolder(folder.Path));
        Directory.CreateDirectory(folder.Of("shared", "Microsoft.NETCore.App", "10.0.1"));
        Assert.Null(DotnetRuntime.FromRuntimeFolder(folder.Of("shared", "Microsoft.NETCore.App", "10.0.1")));
    }

    [Fact]
    public void Of_a_list_the_newest_of_this_major_version_counts()
    {
        using var folder = new TemporaryFolder();
        var major = Environment.Version.Major;
        folder.Write("dotnet", "");
        foreach (var version in new[] { $"{major}.0.2", $"{major}.0.11", $"{major + 1}.0.0" })
        {
            Directory.CreateDirectory(folder.Of("host", "fxr", version));
            Directory.CreateDirectory(folder.Of("shared", "Microsoft.NETCore.App", version));
        }

        var shared = folder.Of("shared", "Microsoft.NETCore.App");
        var runtime = DotnetRuntime.FromList(
            $"Microsoft.AspNetCore.App {major}.0.11 [/x]\nMicrosoft.NETCore.App {major}.0.2 [{shared}]\nMicrosoft.NETCore.App {major}.0.11 [{shared}]\nMicrosoft.NETCore.App {major + 1}.0.0 [{shared}]\n");

        Assert.Equal($"{major}.0.11", runtime!.Version);
        Assert.Equal(folder.Path, runtime.Root);
    }
}
