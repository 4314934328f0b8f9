using System.Net.Sockets;
using System.Runtime.InteropServices;
using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiSources.Headers;

namespace Faultline.AbiSources.Tests.Headers;

/// <summary>Folders of headers in which something stands that is no file.</summary>
[Trait("needs", "libclang")]
public sealed class UnreadHeadersTests : IDisposable
{
    private readonly TemporaryDirectory _old = new();
    private readonly TemporaryDirectory _new = new();

    public UnreadHeadersTests()
    {
        foreach (var (side, size) in new[] { (_old, 1), (_new, 2) })
        {
            side.Write("linux/types.h", "");
            side.Write("linux/a.h", $"struct a {{ char bytes[{size}]; }};\n");
            side.Write("linux/b.h", "struct b { char bytes[1]; };\n");
        }
    }

    public void Dispose()
    {
        _old.Dispose();
        _new.Dispose();
    }

    private async Task<HeaderSweep> SweepAsync()
    {
        var request = new SideRequest("x") { Target = "x86_64-linux-gnu" };
        using var old = await OpenAsync(_old);
        using var current = await OpenAsync(_new);
        return await HeaderSweep.ReadAsync(old, current, request, TestContext.Current.CancellationToken);

        Task<InstalledHeaders> OpenAsync(TemporaryDirectory side) =>
            AbiSource.OpenHeadersAsync(request with { Name = side.Path }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Links_that_lead_nowhere_are_told_once_and_compared_with_nothing()
    {
        File.CreateSymbolicLink(Path.Combine(_old.Path, "linux/b2.h"), "nowhere.h");
        File.CreateSymbolicLink(Path.Combine(_old.Path, "linux/self.h"), "self.h");
        Directory.CreateSymbolicLink(Path.Combine(_old.Path, "linux/loop"), "..");
        _new.Write("linux/b2.h", "struct b2 { int x; };\n");
        var sweep = await SweepAsync();
        Assert.Equal("linux/a.h", Assert.Single(sweep.Pairs).Header);
        var unread = Assert.Single(sweep.Unread);
        Assert.Equal((_old.Path, "symbolic links that lead to no file"), (unread.Side, unread.Because));
        Assert.Equal(["linux/b2.h", "linux/self.h"], unread.Names);
    }

    [Fact]
    public async Task Pipes_sockets_and_who_includes_them_are_told_and_not_opened()
    {
        Assert.Equal(0, mkfifo(Path.Combine(_new.Path, "linux/pipe.h"), 0x1b6));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_new.Path, "linux/s.h")));
        _new.Write("linux/b.h", "#include <linux/pipe.h>\n");
        var sweep = await SweepAsync();
        Assert.Equal(["pipes, not files", "sockets, not files"], sweep.Unread.Select(unread => unread.Because));
        Assert.Equal(["linux/a.h", "linux/b.h"], sweep.Pairs.Select(pair => pair.Header));
        Assert.Equal("linux/b.h: it includes linux/pipe.h, which cannot be opened", sweep.Pairs[1].NewError);
    }

    [Fact]
    public async Task A_pipe_as_a_side_or_as_its_header_is_refused()
    {
        var pipe = Path.Combine(_new.Path, "linux/pipe.h");
        Assert.Equal(0, mkfifo(pipe, 0x1b6));
        SideRequest[] sides = [new(pipe), new(_new.Path) { Header = "linux/pipe.h" }, new("/dev/null")];
        foreach (var request in sides)
        {
            var failure = await Assert.ThrowsAsync<ExtractionException>(
                () => AbiSource.LoadAsync(request, TestContext.Current.CancellationToken));
            Assert.Contains("a header must be a regular file", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_header_that_does_not_compile_is_told_with_its_side()
    {
        _new.Write("linux/a.h", "struct a { nothing x; };\n");
        var failure = await Assert.ThrowsAsync<ExtractionException>(() => AbiSource.LoadPairAsync(
            new(_old.Path) { Header = "linux/a.h" }, new(_new.Path) { Header = "linux/a.h" }, TestContext.Current.CancellationToken));
        Assert.StartsWith($"{_new.Path}: linux/a.h is not C that compiles", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prelude_that_is_not_there_or_a_pipe_is_what_is_told()
    {
        var request = new SideRequest(_old.Path) { Header = "linux/a.h", Preludes = ["nosuch.h"] };
        Assert.Equal(
            "The prelude nosuch.h does not exist: there is neither a file nor a header of that name.", await MessageAsync(request));
        var pipe = Path.Combine(_new.Path, "pipe");
        Assert.Equal(0, mkfifo(pipe, 0x1b6));
        Assert.Contains(
            "a prelude must be a regular file", await MessageAsync(request with { Preludes = [pipe] }), StringComparison.Ordinal);
        Assert.Single((await AbiSource.LoadAsync(
            request with { Preludes = ["stddef.h", "linux/b.h"] }, TestContext.Current.CancellationToken)).Spec.Structs);

        static async Task<string> MessageAsync(SideRequest request) => (await Assert.ThrowsAsync<ExtractionException>(
            () => AbiSource.LoadAsync(request, TestContext.Current.CancellationToken))).Message;
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mkfifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
