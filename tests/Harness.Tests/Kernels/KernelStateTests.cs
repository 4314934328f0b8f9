using System.Net.Sockets;
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

    [Fact]
    public void What_cannot_be_read_is_an_error_of_that_file()
    {
        using var folder = new TemporaryFolder();
        var names = new[] { "bzImage", "vmlinux" };
        foreach (var name in names)
            folder.Write(name, "abc");
        (State with { Files = KernelState.HashesOf(folder.Path, names) }).Write(folder.Path);
        File.Delete(folder.Of("vmlinux"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.Of("vmlinux")));
        Assert.Contains("vmlinux", Assert.ThrowsAny<IOException>(() => KernelState.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Subjects_are_kept_also_those_of_nothing()
    {
        using var folder = new TemporaryFolder();
        (State with { Subjects = ["mm: one", null] }).Write(folder.Path);
        Assert.Equal(["mm: one", null], KernelState.Read(folder.Path)!.Subjects!);
        State.Write(folder.Path);
        Assert.Null(KernelState.Read(folder.Path)!.Subjects);
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
