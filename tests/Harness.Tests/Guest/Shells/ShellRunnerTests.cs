using System.Security.Cryptography;
using System.Text;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest.Shells;
using Faultline.Harness.Results;

namespace Faultline.Harness.Tests.Guest.Shells;

[Trait("needs", "engine")]
[Trait("needs", "guest")]
public sealed class ShellRunnerTests(GuestFixture guests) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryStream _output = new(), _error = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_that_a_script_prints_arrives_before_the_machine_is_off()
    {
        var bytes = RandomNumberGenerator.GetBytes(1_500_000);
        var large = Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n");
        var outcome = await RunAsync($"cat > /tmp/f << 'EOF'\n{large}\nEOF\nsleep 1000 &\ncat /tmp/f; echo last >&2; exit 3\n");
        Assert.Equal((3, GuestEnding.Stopped), (outcome.Code, outcome.Ending));
        Assert.Equal(large + "\n", Encoding.ASCII.GetString(_output.ToArray()));
        Assert.Equal("last\n", Encoding.ASCII.GetString(_error.ToArray()));
    }

    [Fact]
    public async Task A_shared_folder_is_there_to_be_read()
    {
        var shared = Directory.CreateDirectory(Path.Combine(_folder.Path, "shared")).FullName;
        File.WriteAllText(Path.Combine(shared, "a file"), "its content");
        var outcome = await RunAsync("cat '/share/a file'; touch /share/x 2> /dev/null || echo ' stays'\n", shared);
        Assert.Equal((0, "its content stays\n"), (outcome.Code, Encoding.ASCII.GetString(_output.ToArray())));
    }

    [Fact]
    public async Task Without_a_script_the_shell_ends_at_once() => Assert.Equal(0, (await RunAsync("")).Code);

    /// <summary>A guest that is gone while its shell is at work is a crash, unless somebody wanted that.</summary>
    [Theory]
    [InlineData("poweroff")]
    [InlineData("(reboot)")]
    [InlineData("poweroff -f")]
    [InlineData("sh -c 'reboot -f; sleep 100'")]
    public async Task A_script_may_switch_the_machine_off(string command)
    {
        var outcome = await RunAsync($"{command}\nsleep 20; echo behind\n");
        Assert.Equal((0, true), (outcome.Code, outcome.Ending is GuestEnding.Stopped or GuestEnding.Reset));
        Assert.Empty(_output.ToArray());
    }

    private async Task<ShellOutcome> RunAsync(string script, string? share = null)
    {
        var (engine, images, _) = await guests.ReadyAsync();
        var payload = ScriptPayload.Create(Path.Combine(_folder.Path, "payload"), "");
        var request = new ShellRequest
        {
            Kernel = "base",
            BzImage = GuestFixture.BzImage,
            Payload = payload,
            Accelerator = GuestFixture.Emulated,
            Share = share is null ? null : SharedFolder.Read(share, TestContext.Current.CancellationToken),
            User = new ShellUser(
                (stream, token) => stream.WriteAsync(Encoding.ASCII.GetBytes(script), token).AsTask(),
                (stream, bytes) => (stream == OutputStream.StandardOutput ? _output : _error).Write(bytes.Span)),
            Log = Path.Combine(_folder.Path, "console.log"),
        };
        return await new ShellRunner(engine, images).RunAsync(request, new RecordedProgress(), TestContext.Current.CancellationToken);
    }
}
