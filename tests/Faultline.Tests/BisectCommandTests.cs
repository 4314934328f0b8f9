using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace Faultline.Cli.Tests;

/// <summary><c>faultline bisect</c> in a small tree that has what its questions about a header need; no kernel is built.</summary>
public sealed class BisectCommandTests : IDisposable
{
    private const string Uapi = "include/uapi/linux/userfaultfd.h";
    private readonly Checkout _checkout = new(withBase: false);
    private readonly string _tree = Directory.CreateTempSubdirectory("faultline-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _checkout.Dispose();
        Directory.Delete(_tree, recursive: true);
    }

    [Theory]
    [InlineData("name it with --row ROW, or with --abi")]
    [InlineData("name it with --row ROW, or with --abi", "--row", "R12", "--abi")]
    [InlineData("has no such commit", "--abi")]
    [InlineData("--row R999: the suite has no such row; near it R", "--row", "R12", "--row", "R999")]
    [InlineData("--row R31-mprotct: the suite has no such row; near it R31-", "--row", "R31-mprotct")]
    [InlineData("has no such commit", "--row", "r31")]
    public async Task A_mistake_is_told(string told, params string[] arguments)
    {
        await MakeAsync();
        var result = await Command.RunAsync(["bisect", "--tree", _tree, "v0", "nosuch", "--root", _checkout.Folder, .. arguments]);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "libclang")]
    public async Task The_commit_that_changed_the_header_is_named_and_the_answer_is_kept()
    {
        await MakeAsync();
        string[] command = ["bisect", "--tree", _tree, "v0", "v5", "--abi", "--fail-on", "any", "--root", _checkout.Folder];
        var result = await Command.RunAsync(command);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Matches(@"first bad commit: [0-9a-f]{12} number 3 \(A, ", result.Output);
        Assert.Contains("flag-added UFFD_FEATURE_NEW: 1 << 3", result.Output, StringComparison.Ordinal);

        var again = await Command.RunAsync([.. command, "--json"]);
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.DoesNotContain("testing", again.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(again.Output);
        Assert.Equal(await GitAsync("rev-parse", "v3"), json.RootElement.GetProperty("commit").GetString());

        var nothing = await Command.RunAsync("bisect", "--tree", _tree, "v0", "v2", "--abi", "--root", _checkout.Folder);
        Assert.True(nothing.ExitCode == 9, nothing.ToString());
        Assert.Contains("(abi linux/userfaultfd.h, breaking change): there is nothing to bisect", nothing.Error, StringComparison.Ordinal);
    }

    /// <summary>Six commits, of which the fourth adds a feature.</summary>
    private async Task MakeAsync()
    {
        Write("Makefile", "headers:\n\tmkdir -p $(O)/usr/include && cp -r include/uapi/. $(O)/usr/include/\n");
        Write("Kconfig", "");
        await GitAsync("init", "--quiet");
        for (var i = 0; i < 6; i++)
        {
            Write("mm/userfaultfd.c", $"/* {i} */\n");
            Write(Uapi, "#define UFFD_FEATURE_OLD (1<<2)\n" + (i >= 3 ? "#define UFFD_FEATURE_NEW (1<<3)\n" : ""));
            await GitAsync("add", "--all");
            await GitAsync("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", $"number {i}");
            await GitAsync("tag", $"v{i}");
        }
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_tree, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private async Task<string> GitAsync(params string[] arguments) =>
        (await CliWrap.Cli.Wrap("git").WithArguments(["-C", _tree, .. arguments]).ExecuteBufferedAsync(Token)).StandardOutput.Trim();
}
