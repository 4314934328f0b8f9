using Faultline.Harness.Kernels;

namespace Faultline.Harness.Tests.Kernels;

public class KernelStateTests
{
    private static readonly KernelState State = new(
        new KernelKeys("tools", "source", "series", "config"), "6.1.1-1", "6.1.1-x", new Dictionary<string, long> { ["bzImage"] = 3 });

    [Fact]
    public void A_state_counts_only_while_every_result_is_there_in_its_size()
    {
        using var folder = new TemporaryFolder();
        var image = folder.Write("bzImage", "abc");
        State.Write(folder.Path);
        Assert.Equal(State.Keys, KernelState.Read(folder.Path)!.Keys);
        File.WriteAllText(image, "abcd");
        Assert.Null(KernelState.Read(folder.Path));
        File.Delete(image);
        Assert.Null(KernelState.Read(folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"keys":null,"files":{}}""")]
    [InlineData("{\"keys\":")]
    public void A_state_that_cannot_be_read_is_none(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("state.json", text);
        Assert.Null(KernelState.Read(folder.Path));
    }

    [Fact]
    public void Differences_are_named_in_words() =>
        Assert.Equal(["source", "config"], State.Keys.Differences(State.Keys with { Source = "other", Config = "other" }));
}
