namespace Faultline.Cli.Tests;

/// <summary>A series as it comes by mail, from the command line on: nothing of it is left out in silence.</summary>
public sealed class MailSeriesTests : IDisposable
{
    private const string Cover =
        "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\nFrom: Toy <toy@example.org>\n"
        + "Subject: [PATCH 0/4] toy\n\nWhy.\n\n";

    private static readonly string Toy = Path.Combine(Command.Root, "tests", "Fixtures", "toy-kernel");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faultline-test-");
    private readonly string _variant;
    private readonly IReadOnlyList<string> _mails;

    public MailSeriesTests()
    {
        var toy = Path.Combine(Toy, "series", "toy");
        _mails = [.. Directory.EnumerateFiles(toy, "*.patch").Order(StringComparer.Ordinal).Select(path => File.ReadAllText(path) + "\n")];
        _variant = _folder.CreateSubdirectory(Path.Combine("my variants", "toy")).FullName;
        File.Copy(Path.Combine(toy, "variant.toml"), Path.Combine(_variant, "variant.toml"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Toy, "tree"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder.FullName, "tree", Path.GetRelativePath(Path.Combine(Toy, "tree"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [Trait("needs", "engine")]
    public async Task One_mbox_out_of_order_is_checked_mail_by_mail()
    {
        File.WriteAllText(Path.Combine(_variant, "all.mbox"), _mails[3] + Cover + _mails[1] + _mails[0] + _mails[2]);
        var result = await RunAsync("check");
        Assert.True(result.ExitCode == 6, result.ToString());
        Assert.Matches(@"skipped +all\.mbox \(mail 2 of 5\) applies: a cover letter", result.Output);
        Assert.Matches(@"failed +all\.mbox \(mail 4 of 5\) builds: does not build\n +mprotect\.c: undefined reference", result.Output);
        Assert.Matches(@"ok +all\.mbox \(mail 3 of 5\) builds: 3 objects compiled, vmlinux linked", result.Output);
        Assert.Matches(@"skipped +all\.mbox \(mail 1 of 5\) builds: it changes nothing but documentation", result.Output);
    }

    [Theory]
    [Trait("needs", "engine")]
    [InlineData("build")]
    [InlineData("check")]
    public async Task A_mail_that_is_missing_is_4(string command)
    {
        File.WriteAllText(Path.Combine(_variant, "all.mbox"), _mails[0] + _mails[1] + _mails[3]);
        var result = await RunAsync(command);
        Assert.True(result.ExitCode == 4, result.ToString());
        Assert.Contains("it is not complete: the patch [PATCH 3/4] is missing", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("needs", "engine")]
    [InlineData("build")]
    [InlineData("check")]
    public async Task A_mail_that_git_refuses_is_4_in_gits_words_with_mail_and_hunk(string command)
    {
        var broken = _mails[2].Replace("\n@@ -", "\n@@ -7", StringComparison.Ordinal).Replace("\n ", "\n not ", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_variant, "all.mbox"), _mails[0] + _mails[1] + broken + _mails[3]);
        var result = await RunAsync(command);
        Assert.True(result.ExitCode == 4, result.ToString());
        Assert.Contains("all.mbox (mail 3 of 4)", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains("git: error: ", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_that_series_does_not_name_is_2()
    {
        File.WriteAllText(Path.Combine(_variant, "one.patch"), _mails[0]);
        File.WriteAllText(Path.Combine(_variant, "two.patch"), _mails[1]);
        File.WriteAllText(Path.Combine(_variant, "series"), "one.patch\n");
        var result = await Command.RunAsync("test", "--patches", Path.GetDirectoryName(_variant)!, "--variant", "toy");
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("series:1: it does not name 'two.patch'", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "holds no variant")]
    [InlineData("my variants/toy", "is itself the folder of a variant")]
    public async Task A_folder_without_variants_is_2(string folder, string words)
    {
        var result = await Command.RunAsync("run", "--patches", Path.Combine(_folder.FullName, folder));
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    private async Task<Command.Result> RunAsync(string command)
    {
        using var running = new RunningCommand(
            "kernel", command, "--tree", Path.Combine(_folder.FullName, "tree"),
            "--patches", Path.GetDirectoryName(_variant)!, "--variant", "toy");
        return await running.EndAndRemoveTreeVolumesAsync(TimeSpan.FromMinutes(40), TestContext.Current.CancellationToken);
    }
}
