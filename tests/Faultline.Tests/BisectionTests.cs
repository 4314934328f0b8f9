using CliWrap;
using CliWrap.Buffered;
using Faultline.Cli.Commands;

namespace Faultline.Cli.Tests;

/// <summary><c>--bisect</c>: what git makes of the exit codes.</summary>
public sealed class BisectionTests : IDisposable
{
    private const string Author = "Someone <someone@example.org>";

    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-bisect-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 128, 128)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 125, 125)]
    [InlineData(5, 125, 125)]
    [InlineData(6, 125, 1)]
    [InlineData(7, 1, 1)]
    [InlineData(8, 1, 1)]
    [InlineData(9, 125, 125)]
    [InlineData(10, 125, 125)]
    [InlineData(129, 129, 129)]
    [InlineData(130, 130, 130)]
    [InlineData(143, 143, 143)]
    public void Every_code_is_good_bad_skipped_or_the_end(int code, int verdicts, int builds) =>
        Assert.Equal((verdicts, builds), (Bisection.Of(code, buildOnly: false), Bisection.Of(code, buildOnly: true)));

    /// <summary>Fifteen commits; the command gives these codes for them. The first bad one is the tenth, and the eighth and ninth do not compile.</summary>
    [Fact]
    public async Task Git_finds_the_commit_beyond_some_that_do_not_compile()
    {
        int[] codes = [0, 0, 4, 0, 5, 0, 0, 0, 6, 7, 8, 6, 1, 3, 1];
        await RepositoryAsync(codes);
        var found = await BisectAsync(mapped: true);
        Assert.Contains("There are only 'skip'ped commits left to test", found, StringComparison.Ordinal);
        Assert.Contains(await RevisionAsync(9), found, StringComparison.Ordinal);
        Assert.DoesNotContain(await RevisionAsync(12), found.Split("first bad commit could be any of")[1], StringComparison.Ordinal);

        // As it was: a commit that does not compile is the first bad one.
        Assert.Contains($"{await RevisionAsync(8)} is the first bad commit", await BisectAsync(mapped: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Git_names_the_commit_when_only_others_cannot_be_tested()
    {
        await RepositoryAsync([0, 6, 0, 10, 0, 0, 0, 9, 0, 0, 1, 7, 4, 1, 1]);
        Assert.Contains($"{await RevisionAsync(10)} is the first bad commit", await BisectAsync(mapped: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(130)]
    [InlineData(143)]
    public async Task A_wrong_command_line_and_an_interruption_end_it(int code)
    {
        await RepositoryAsync([0, .. Enumerable.Repeat(code, 13), 1]);
        Assert.Contains("bisect run failed", await BisectAsync(mapped: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(128, "test", "--variant", "nosuch")]
    [InlineData(128, "run", "--nonsense")]
    [InlineData(128, "kernel", "build", "--tree", "/nonexistent")]
    [InlineData(125, "kernel", "build", "--force")]
    public async Task The_command_gives_these_codes_and_says_why(int expected, params string[] arguments)
    {
        var result = await Command.RunAsync(new Dictionary<string, string?> { ["DOCKER_HOST"] = "unix:///nonexistent.sock" }, [.. arguments, "--bisect"]);
        Assert.True(result.ExitCode == expected, result.ToString());
        Assert.Contains($"is {expected} for git bisect", result.Error, StringComparison.Ordinal);
    }

    /// <summary>The real command on a history of expectations: it holds, cannot be tested, holds, fails.</summary>
    [Fact]
    [Trait("needs", "userfaultfd")]
    public async Task A_history_of_expectations_is_bisected_by_the_command_itself()
    {
        await GitAsync("init", "--quiet");
        const string holds = "name = \"mine\"\ntitle = \"Expectations\"\nrole = \"reference\"\nsource = \"debian:6.1\"\ntag = "
            + "\"-mine\"\ninherits = \"upstream\"\n";
        string[] history = [holds, holds + "# 1\n", holds + "# 2\n", holds + "# 3\n", holds + "\n[expect.R1]\nerrno = \"EIO\"\n", holds + "\n[expect.R1]\nerrno = \"EPERM\"\n"];
        for (var i = 0; i < history.Length; i++)
        {
            Directory.CreateDirectory(Path.Combine(_folder, "mine"));
            File.WriteAllText(Path.Combine(_folder, "mine", "variant.toml"), history[i]);
            File.Copy(Path.Combine(Command.Root, "linux-patch", "upstream", "userfaultfd.abi.json"), Path.Combine(_folder, "mine", "userfaultfd.abi.json"), overwrite: true);
            // One that nothing can be said about: every test is left out.
            File.WriteAllText(Path.Combine(_folder, "filter"), i == 2 ? "row=R999" : "row=R1");
            await CommitAsync($"{i}");
        }

        var command = $"\"{Command.File}\" test --bisect --kernel running --root \"{Command.Root}\" --patches . --variant mine --filter \"$(cat filter)\"";
        Assert.Contains($"{await RevisionAsync(4)} is the first bad commit", await BisectAsync(command), StringComparison.Ordinal);
    }

    /// <summary>Commits that each hold the code that the command would leave with.</summary>
    private async Task RepositoryAsync(int[] codes)
    {
        await GitAsync("init", "--quiet");
        for (var i = 0; i < codes.Length; i++)
        {
            File.WriteAllText(Path.Combine(_folder, "code"), $"{codes[i]}\n{i}\n");
            await CommitAsync($"{i}");
        }
    }

    private async Task CommitAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--author", Author, "--message", message);
    }

    /// <param name="mapped">Whether the stand-in leaves as the command does with --bisect, or without.</param>
    private Task<string> BisectAsync(bool mapped)
    {
        var cases = Enumerable.Range(0, 256).Select(code => $"{code}) exit {(mapped ? Bisection.Of(code, buildOnly: false) : code)} ;;");
        return BisectAsync($"read code < code; case $code in {string.Join(' ', cases)} esac");
    }

    /// <summary>From the first to the last commit.</summary>
    private async Task<string> BisectAsync(string command)
    {
        await GitAsync("bisect", "start", "master", await RevisionAsync(0));
        var output = await GitAsync("bisect", "run", "sh", "-c", command);
        await GitAsync("bisect", "reset");
        return output;
    }

    private async Task<string> RevisionAsync(int commit) => (await GitAsync("rev-list", "--reverse", "master")).Split('\n')[commit];

    private async Task<string> GitAsync(params string[] arguments)
    {
        var result = await CliWrap.Cli.Wrap("git").WithArguments(["-c", "init.defaultBranch=master", "-c", "commit.gpgSign=false", .. arguments]).WithWorkingDirectory(_folder)
            .WithEnvironmentVariables(environment => environment
                .Set("GIT_CONFIG_GLOBAL", "/dev/null").Set("GIT_CONFIG_SYSTEM", "/dev/null").Set("GIT_COMMITTER_NAME", "Someone").Set("GIT_COMMITTER_EMAIL", "someone@example.org"))
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(Token);
        return result.StandardOutput + result.StandardError;
    }
}
