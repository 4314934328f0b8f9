using System.Text.Json;
using Faultline.Cli.Commands;
using Faultline.Harness.Docker;
using Faultline.Harness.Identity;
using Faultline.Harness.Kernels;
using Faultline.Harness.Sources;
using Faultline.Harness.Tests.Kernels;

namespace Faultline.Cli.Tests;

/// <summary><c>--json</c> gives one value on standard output, as docs/json.md says.</summary>
public class JsonResultTests
{
    private static readonly Dictionary<string, string?> NoEngine = new() { ["DOCKER_HOST"] = "unix:///nonexistent/docker.sock" };

    [Fact]
    public async Task Refreshed_files_are_named_below_the_checkout()
    {
        using var checkout = new Checkout(withBase: false);
        using var json = Parse(await Command.RunAsync("abi", "refresh", "--drift-only", "--json", "--root", checkout.Folder), exitCode: 0);
        Assert.Equal("faultline-refresh/1", json.RootElement.GetProperty("schema").GetString());
        var files = json.RootElement.GetProperty("files").EnumerateArray().ToDictionary(f => f.GetProperty("path").GetString()!, f => f.GetProperty("changed").GetBoolean());
        Assert.False(files["linux-patch/wp-zeropage/abi-drift.md"]);
        Assert.False(files["linux-patch/wp-unpopulated/abi-drift.md"]);
    }

    [Fact]
    public async Task The_doctor_gives_an_array_and_advice_where_something_is_missing()
    {
        using var json = Parse(await Command.RunAsync(NoEngine, "doctor", "--json"), exitCode: 10);
        var engine = json.RootElement.EnumerateArray().Single(item => item.GetProperty("name").GetString() == "container engine");
        Assert.False(engine.GetProperty("satisfied").GetBoolean());
        Assert.True(engine.GetProperty("required").GetBoolean());
        Assert.Matches("Tried: [^;]*/nonexistent/docker.sock", engine.GetProperty("found").GetString());
        Assert.Contains("DOCKER_HOST", engine.GetProperty("advice").GetString(), StringComparison.Ordinal);
        var sdk = json.RootElement.EnumerateArray().Single(item => item.GetProperty("name").GetString() == ".NET SDK");
        Assert.False(sdk.TryGetProperty("advice", out _));
    }

    [Fact]
    public void A_prune_says_what_is_gone_and_what_stays()
    {
        using var json = JsonDocument.Parse(JsonResults.Of(new PruneResult
        {
            Containers = ["c"], Volumes = [new VolumeFacts("v", "kernels of /tree", "/tree", IsStale: true, 7)], Images = ["i:1"], ImageBytes = 5,
            VolumesInUse = ["held"], ImagesInUse = ["j:1"],
        }, ["/r"]));
        Assert.Equal(
            """{"schema":"faultline-prune/1","dryRun":false,"containers":["c"],"volumes":["v"],"images":["i:1"],"imageBytes":5,"volumesInUse":["held"],"imagesInUse":["j:1"],"""
            + """
            "volumeFacts":[{"name":"v","purpose":"kernels of /tree","tree":"/tree","isStale":true,"bytes":7}],"reports":["/r"]}
            """,
            JsonSerializer.Serialize(json.RootElement));
    }

    /// <summary>Only containers: the rest is what other tests work with.</summary>
    [Fact]
    [Trait("needs", "engine")]
    public async Task A_prune_of_containers_is_one_object()
    {
        using var json = Parse(await Command.RunAsync("prune", "--containers", "--json"), exitCode: 0);
        Assert.Equal("faultline-prune/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("volumes").GetArrayLength());
    }

    [Fact]
    [Trait("needs", "engine")]
    public async Task A_built_kernel_is_told_with_its_files_and_phases()
    {
        using var tree = new ToyTree();
        using var checkout = new Checkout(withBase: false);
        using var build = new RunningCommand("kernel", "build", "--tree", tree.Path, "--variant", "base", "--root", checkout.Folder, "--json");
        using var json = Parse(await build.EndAndRemoveTreeVolumesAsync(TimeSpan.FromMinutes(40), TestContext.Current.CancellationToken), exitCode: 0);
        Assert.Equal("faultline-build/1", json.RootElement.GetProperty("schema").GetString());
        var kernel = Assert.Single(json.RootElement.GetProperty("kernels").EnumerateArray());
        Assert.Equal(("base", "9.9.9-base", false), (kernel.GetProperty("name").GetString(), kernel.GetProperty("release").GetString(), kernel.GetProperty("cached").GetBoolean()));
        Assert.All((string[])["folder", "bzImage", "vmlinux", "config", "uapiHeader"], name => Assert.True(Path.Exists(kernel.GetProperty(name).GetString()), name));
        Assert.Equal(
            ["image", "source", "apply", "configure", "build", "extract"],
            kernel.GetProperty("phases").EnumerateArray().Select(phase => phase.GetProperty("name").GetString()));
    }

    [Fact]
    public void A_kernel_is_told_in_the_parts_that_tell_it_from_others_of_its_name()
    {
        var debug = KernelFlavour.Of(["/checkout/linux-patch/kconfig/debug.config"], "/checkout");
        var id = new KernelId("base", new KernelSource.Tree("/home/me/linux"), Architecture.X86, debug);
        using var json = JsonDocument.Parse(JsonResults.Of(
        [
            new BuiltKernel(id, "6.1.0-base", "v6.1", "/f", []),
            new BuiltKernel(id with { Flavour = KernelFlavour.Plain }, "6.1.0-base", "v6.1", "/g", []),
        ]));
        var (first, plain) = (json.RootElement.GetProperty("kernels")[0], json.RootElement.GetProperty("kernels")[1]);
        Assert.Equal(
            ["base", id.Name, "base", "x86_64", "debug", "6.1.0-base", "v6.1", "/f/bzImage"],
            ((string[])["name", "id", "variant", "architecture", "flavour", "release", "sourceVersion", "bzImage"])
                .Select(part => first.GetProperty(part).GetString()));
        Assert.False(plain.TryGetProperty("flavour", out _));
    }

    private static JsonDocument Parse(Command.Result result, int exitCode)
    {
        Assert.True(result.ExitCode == exitCode, result.ToString());
        return JsonDocument.Parse(result.Output);
    }
}
