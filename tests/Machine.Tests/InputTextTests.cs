using System.Diagnostics;
using Faultline.AbiExtractor.Tests;

namespace Faultline.Machine.Tests;

/// <summary>What a user names as a list may be anything.</summary>
public sealed class InputTextTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Pipe()
    {
        var path = Path.Combine(_directory.Path, "pipe");
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        return path;
    }

    [Fact]
    public void A_file_is_read_without_its_byte_order_mark()
    {
        Assert.Equal("ä\n", InputText.Read(_directory.Write("list", "\ufeffä\n")));
        Assert.Equal("", InputText.Read("/dev/null"));
    }

    [Fact]
    public void A_pipe_that_nobody_may_ever_write_to_is_not_opened() =>
        Assert.Equal("it is a pipe", Assert.Throws<IOException>(() => InputText.Read(Pipe())).Message);

    [Fact]
    public void A_directory_is_named() =>
        Assert.Equal("it is a directory", Assert.Throws<IOException>(() => InputText.Read(_directory.Path)).Message);

    [Fact]
    public void What_has_no_end_is_given_up() =>
        Assert.Equal("it has more than 16 MiB", Assert.Throws<IOException>(() => InputText.Read("/dev/zero")).Message);

    /// <summary>As <c>--only-from &lt;(grep …)</c> hands it over.</summary>
    [Fact]
    public async Task A_pipe_that_is_open_is_read()
    {
        var pipe = Pipe();
        await using var both = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite);
        var reading = Task.Run(() => InputText.Read($"/proc/self/fd/{both.SafeFileHandle.DangerousGetHandle()}"),
            TestContext.Current.CancellationToken);
        // More than a pipe holds: all of it is written when somebody has begun to read.
        var names = string.Concat(Enumerable.Repeat("name\n", 20_000));
        await both.WriteAsync(System.Text.Encoding.UTF8.GetBytes(names), TestContext.Current.CancellationToken);
        await both.DisposeAsync();
        Assert.Equal(names, await reading);
    }
}
