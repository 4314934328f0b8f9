namespace Faultline.Cli.Tests;

/// <summary>What a mistaken command line gets: exit code 2, what is wrong and what would be right.</summary>
public class UsageTests
{
    private static readonly Dictionary<string, string?> NoEngine = new() { ["DOCKER_HOST"] = "unix:///nonexistent/docker.sock" };

    [Theory]
    [InlineData]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData("kernel", "build")]
    [InlineData("kernel", "check")]
    [InlineData("abi", "extract")]
    [InlineData("abi", "diff")]
    [InlineData("abi", "consumers")]
    [InlineData("abi", "refresh")]
    [InlineData("bench")]
    [InlineData("mutants")]
    [InlineData("doctor")]
    [InlineData("prune")]
    [InlineData("shell")]
    [InlineData("series", "import")]
    [InlineData("series", "export")]
    [InlineData("bisect")]
    [InlineData("diff-runs")]
    [InlineData("rerun")]
    [InlineData("record")]
    [InlineData("new-variant")]
    public async Task Every_command_explains_itself_with_examples(params string[] command)
    {
        var result = await Command.RunAsync([.. command, "--help"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:", result.Output, StringComparison.Ordinal);
        Assert.Contains("faultline " + string.Join(' ', command), result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_may_be_left_out_is_in_brackets()
    {
        var help = (await Command.RunAsync("test", "--help")).Output;
        Assert.Contains("--shuffle [SEED] ", help, StringComparison.Ordinal);
        Assert.Contains("gives the same order again", help, StringComparison.Ordinal);
        Assert.Contains("--repeat <N> ", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_variant_of_a_folder_of_ones_own_is_answered_with_that_folder()
    {
        var folder = Path.Combine(Command.Root, "tests", "Fixtures", "series");
        var result = await Command.RunAsync("test", "--variants", folder, "--variant", "oops-mid-siute");
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Matches(
            $@"There is no variant 'oops-mid-siute'; there are\n.*  {folder}: .*oops-mid-suite.*\n.*/linux-patch: .*wp-zeropage",
            result.Error);
    }

    [Theory]
    [InlineData("run", "--variant", "wp-zerpoage")]
    [InlineData("test", "--variant", "wp-zerpoage")]
    [InlineData("kernel", "build", "--variant", "wp-zerpoage")]
    [InlineData("bench", "--variant", "wp-zerpoage")]
    [InlineData("kernel", "check", "--variant", "wp-zerpoage")]
    [InlineData("mutants", "--variant", "wp-zerpoage")]
    public async Task An_unknown_variant_is_answered_with_the_known_ones(params string[] arguments)
    {
        var result = await Command.RunAsync(arguments);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("'wp-zerpoage'", result.Error, StringComparison.Ordinal);
        Assert.Contains("wp-zeropage", result.Error, StringComparison.Ordinal);
        Assert.Contains("wp-unpopulated", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--variat", "run", "--variat", "x")]
    [InlineData("--suite /nonexistent: there is no /nonexistent", "test", "--suite", "/nonexistent")]
    [InlineData("'' is not the name of a folder of tools/testing/selftests", "run", "--suite", "selftests:")]
    [InlineData("only the built-in suite runs in rounds", "test", "--suite", "selftests:mm", "--repeat", "2")]
    [InlineData("run as root, and only in a guest", "test", "--kernel", "running", "--suite", "selftests:mm")]
    [InlineData("'vmx'", "run", "--accel", "vmx")]
    [InlineData("--config nonsense", "kernel", "build", "--config", "nonsense")]
    [InlineData("--variants /nonexistent", "run", "--variants", "/nonexistent")]
    [InlineData("not inside a Faultline checkout", "run", "--root", "/")]
    [InlineData("unchanged, rebuild, boot, suite, protect, feature, cold", "bench", "--only", "boot,sleep")]
    [InlineData("--repeat 0", "bench", "--repeat", "0")]
    [InlineData("--largest 0", "bench", "--only", "feature", "--largest", "0")]
    [InlineData("has no series", "bench", "--variant", "base")]
    [InlineData("--markdown and --json", "bench", "--markdown", "--json")]
    [InlineData("/nonexistent does not exist; --tree takes", "kernel", "build", "--tree", "/nonexistent")]
    [InlineData("/usr is not a Linux source tree", "kernel", "build", "--tree", "/usr")]
    [InlineData("is not a Linux source tree", "run", "--tree", "/usr")]
    [InlineData("name it with --tree DIR", "run", "--base", "v6.1")]
    [InlineData("takes no --variant", "run", "--tree", "/usr", "--variant", "wp-zeropage")]
    [InlineData("--boot-timeout 0: give whole seconds, from 1 to 86400", "test", "--boot-timeout", "0")]
    [InlineData("--timeout soon: give whole seconds", "run", "--timeout", "soon")]
    [InlineData("--timeout 1.5: give whole seconds", "test", "--timeout", "1.5")]
    [InlineData("--timeout -3: give whole seconds", "test", "--timeout=-3")]
    [InlineData("--timeout 99999999999: give whole seconds", "run", "--timeout", "99999999999")]
    [InlineData("nothing is booted", "test", "--kernel", "running", "--boot-timeout", "5")]
    [InlineData("base has no series", "kernel", "check", "--variant", "base")]
    [InlineData("global.json cannot be read as a report", "diff-runs", "global.json", "global.json")]
    [InlineData("--repeat 0: give a number from 1 to 100000", "test", "--kernel", "running", "--repeat", "0")]
    [InlineData("--shuffle x: a seed is a whole number", "run", "--shuffle", "x")]
    [InlineData("/nonexistent is not a report", "rerun", "--from", "/nonexistent")]
    [InlineData("record takes one --variant", "record")]
    [InlineData("/nonexistent is not a report", "record", "--variant", "upstream", "--kernel", "running", "--from", "/nonexistent")]
    [InlineData("cannot be read as a report", "record", "--variant", "upstream", "--from", "global.json")]
    [InlineData("no such header", "abi", "extract", "/nonexistent.h")]
    public async Task Whatever_else_is_wrong_is_named(string words, params string[] arguments)
    {
        var result = await Command.RunAsync(arguments);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_variant_file_is_named_with_its_line()
    {
        var folder = Directory.CreateTempSubdirectory("faultline-test-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "mine"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "mine", "variant.toml"), "name = \"mine\"\nfeetures = 1\n", TestContext.Current.CancellationToken);
            var result = await Command.RunAsync("run", "--patches", folder.FullName, "--variant", "mine");
            Assert.True(result.ExitCode == 2, result.ToString());
            Assert.Contains("variant.toml:2: unknown key 'feetures'", result.Error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("prune")]
    [InlineData("bench")]
    [InlineData("kernel", "build", "--force")]
    [InlineData("kernel", "check")]
    public async Task An_engine_that_does_not_answer_is_exit_10_with_what_was_tried(params string[] arguments)
    {
        var result = await Command.RunAsync(NoEngine, arguments);
        Assert.True(result.ExitCode == 10, result.ToString());
        Assert.Contains("unix:///nonexistent/docker.sock", result.Error, StringComparison.Ordinal);
        Assert.Contains("DOCKER_HOST", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_says_what_is_missing_and_what_to_do()
    {
        var result = await Command.RunAsync(NoEngine, "doctor");
        Assert.True(result.ExitCode == 10, result.ToString());
        Assert.Contains("MISS  container engine", result.Output, StringComparison.Ordinal);
        Assert.Contains("ok    .NET SDK", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'--variant base' tests the tree as it is", "test")]
    [InlineData("wp-unpopulated, wp-zeropage", "test", "--filter", "row=R12")]
    [InlineData("leave one of the two out", "test", "--kernel", "running")]
    [InlineData("leave one of the two out", "test", "--kernel", "running", "--variant", "wp-zeropage")]
    public async Task A_tree_is_tested_with_the_variant_that_is_named_and_no_other(string words, params string[] arguments)
    {
        var tree = Directory.CreateTempSubdirectory("faultline-test-");
        try
        {
            Directory.CreateDirectory(Path.Combine(tree.FullName, "mm"));
            foreach (var file in (string[])["Makefile", "Kconfig", "mm/userfaultfd.c"])
                await File.WriteAllTextAsync(Path.Combine(tree.FullName, file), "", TestContext.Current.CancellationToken);
            var result = await Command.RunAsync([.. arguments, "--tree", tree.FullName]);
            Assert.True(result.ExitCode == 2, result.ToString());
            Assert.Contains(words, result.Error, StringComparison.Ordinal);
        }
        finally
        {
            tree.Delete(recursive: true);
        }
    }
}
