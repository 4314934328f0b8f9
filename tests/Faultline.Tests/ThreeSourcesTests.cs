using System.Text.Json;

namespace Faultline.Cli.Tests;

/// <summary>What the main job found of its kernels, in <c>artifacts/report</c>; <c>./build.sh test</c> runs that job before these tests.</summary>
[Trait("needs", "engine")]
[Trait("needs", "guest")]
public class ThreeSourcesTests
{
    private static readonly string Results = Path.Combine(Command.Root, "artifacts", "report", "results.json");

    private static JsonElement Kernels()
    {
        Assert.True(File.Exists(Results), $"{Results} is not there; 'faultline run' writes it");
        return JsonDocument.Parse(File.ReadAllText(Results)).RootElement.GetProperty("kernels");
    }

    private static List<JsonElement> Rows(JsonElement kernel, string group) =>
        [.. kernel.GetProperty("threeWay").EnumerateArray().Where(row => row.GetProperty("group").GetString() == group)];

    private static string Text(JsonElement row, string column) => row.GetProperty(column).GetString()!;

    [Fact]
    public void Header_compiled_code_and_live_kernel_agree_for_every_kernel_of_the_run()
    {
        var kernels = Kernels();
        Assert.True(kernels.GetArrayLength() >= 2, "the run holds the control and a variant at least");
        foreach (var kernel in kernels.EnumerateArray())
        {
            var name = kernel.GetProperty("name").GetString();
            Assert.All(kernel.GetProperty("threeWay").EnumerateArray(), row => Assert.True(row.GetProperty("agrees").GetBoolean(), $"{name}: {row}"));
            // Agreement proves something only where the sources speak.
            Assert.All(Rows(kernel, "ioctls").Concat(Rows(kernel, "features")), row => Assert.NotEqual("–", Text(row, "live")));
            Assert.All(Rows(kernel, "records"), row => Assert.NotEqual("–", Text(row, "code")));
            Assert.Equal(21, Rows(kernel, "ranges").Count);
            Assert.Contains(Rows(kernel, "records"), row => Text(row, "item") == "struct uffd_msg.arg.pagefault.address" && Text(row, "code") == "offset 16, 8 bytes, u64");
        }
    }

    [Fact]
    public void A_variant_offers_its_feature_and_the_control_does_not()
    {
        foreach (var kernel in Kernels().EnumerateArray())
        {
            var features = Rows(kernel, "features").ToDictionary(row => Text(row, "item"), row => Text(row, "live"));
            if (kernel.TryGetProperty("feature", out var feature))
                Assert.Equal("offered", features[feature.GetString()!]);
            else
                Assert.Equal("0x1fff", features["UFFD_API_FEATURES"]);
        }
    }
}
