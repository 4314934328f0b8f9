using Faultline.Harness.Inputs;
using Faultline.Harness.Kernels;

namespace Faultline.Harness.Tests.Kernels;

public class KernelStateTests
{
    private static readonly KernelState State = new(
        new Stamp(Input.Of("source", "a"), Input.Of("series", "b")), "6.1.1-1", "6.1.1-x", new Dictionary<string, string>());

    [Theory]
    [InlineData("bzImage", "abcd")]
    [InlineData("bzImage", "xyz")]
    [InlineData("bzImage", null)]
    [InlineData("include/linux/types.h", "xyz")]
    [InlineData("include/linux/types.h", null)]
    [InlineData("include/linux/added.h", "xyz")]
    public void A_state_counts_only_while_every_result_is_what_was_written(string name, string? text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("bzImage", "abc");
        var time = File.GetLastWriteTimeUtc(folder.Write("include/linux/types.h", "abc"));
        var files = KernelState.HashesOf(folder.Path, ["bzImage", "include", "userfaultfd.o"]);
        Assert.Equal(["bzImage", "include"], files.Keys.Order(StringComparer.Ordinal));
        (State with { Files = files }).Write(folder.Path);
        Assert.Equal(State.Inputs, KernelState.Read(folder.Path)!.Inputs);
        if (text is null)
            File.Delete(folder.Of(name));
        else
            File.SetLastWriteTimeUtc(folder.Write(name, text), time);
        Assert.Null(KernelState.Read(folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"inputs":null,"files":{}}""")]
    [InlineData("{\"inputs\":")]
    [InlineData("""{"inputs":{"source":1},"release":"x","files":{}}""")]
    public void A_state_that_cannot_be_read_is_none(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("state.json", text);
        Assert.Null(KernelState.Read(folder.Path));
    }
}
