using CliWrap;
using CliWrap.Buffered;

namespace Faultline.Harness.Tests.Kernels;

/// <summary>run_make of images/kernel-steps/lib.sh: what kbuild's rules say of a command that is empty.</summary>
public sealed class EmptyCommandsTests : IDisposable
{
    private const string Old = "cmd = @set -e; $(echo-cmd) $($(quiet)redirect) $(delete-on-interrupt) $(cmd_$(1))";
    private const string Later = "cmd = @$(if $(cmd_$(1)),set -e; $($(quiet)log_print) $(delete-on-interrupt) $(cmd_$(1)),:)";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// A make of two targets, one of which has nothing to do: what it gives a shell is counted. For a lone colon it starts none, unless the
    /// shell is another one than usual, as here.
    /// </summary>
    [Theory]
    [InlineData("6.1", Old, "", 1)]
    [InlineData("6.1, as bare make has it", Old, "without_empty_commands=", 2)]
    [InlineData("later", Later, "", 1)]
    public async Task Shells_are_started_for_what_there_is_to_do(string whose, string rule, string before, int shells)
    {
        _folder.Write("shell", "#!/bin/sh\necho \"$2\" >> shells\nexec /bin/sh \"$@\"\n");
        File.SetUnixFileMode(_folder.Of("shell"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _folder.Write("scripts/Kbuild.include", $"delete-on-interrupt = trap 'rm -f $@' INT;\n{rule}\n");
        _folder.Write("Makefile", """
            SHELL := ./shell
            include scripts/Kbuild.include
            cmd_full = echo "made $@, with $(LOCALVERSION)"
            all: empty full
            empty full: ; $(call cmd,$@)

            """);
        Assert.True((await MakeAsync(before)).Contains("made full, with -toy\n", StringComparison.Ordinal), whose);
        Assert.Equal(shells, (await File.ReadAllLinesAsync(_folder.Of("shells"), Token)).Count(command => command != ":"));
    }

    [Fact]
    public async Task A_tree_without_kbuilds_rules_is_made()
    {
        _folder.Write("Makefile", "all: ; @echo made\n");
        Assert.Contains("made\n", await MakeAsync(before: ""), StringComparison.Ordinal);
    }

    private async Task<string> MakeAsync(string before)
    {
        var lib = await File.ReadAllTextAsync(RepositoryRoot.Of("images", "kernel-steps", "lib.sh"), Token);
        var start = lib.IndexOf("\nwithout_empty_commands=", StringComparison.Ordinal);
        var end = lib.IndexOf("\n}\n", lib.IndexOf("\nrun_make() {", StringComparison.Ordinal), StringComparison.Ordinal) + 3;
        var make = await Cli.Wrap("sh").WithArguments(["-euc", $"src=.\nbuild=.\nTAG=-toy\n{lib[start..end]}\n{before}\nrun_make all"])
            .WithWorkingDirectory(_folder.Path).ExecuteBufferedAsync(Token);
        return make.StandardOutput;
    }
}
