using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

public class DiskUsageTests
{
    [Theory]
    [InlineData("""{"LayersSize": 5, "Images": [], "Volumes": [{"Name": "v", "UsageData": {"RefCount": 0, "Size": 7}}, {"Name": "remote", "UsageData": {"Size": -1}}, {"Name": "bare"}]}""")]
    [InlineData("""{"ImageUsage": {"TotalSize": 5}, "VolumeUsage": {"TotalCount": 1, "Items": [{"Name": "v", "UsageData": {"Size": 7}}]}}""")]
    public void Is_read_from_the_answers_of_old_and_new_engines(string json)
    {
        var usage = DiskUsage.Parse(json);
        Assert.Equal(5, usage.Layers);
        Assert.Equal(7, usage.OfVolume("v"));
        Assert.Null(usage.OfVolume("remote"));
        Assert.Null(usage.OfVolume("bare"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Volumes": null, "LayersSize": null}""")]
    public void Nothing_is_known_of_an_engine_that_tells_nothing(string json)
    {
        var usage = DiskUsage.Parse(json);
        Assert.Equal(0, usage.Layers);
        Assert.Null(usage.OfVolume("v"));
    }
}
