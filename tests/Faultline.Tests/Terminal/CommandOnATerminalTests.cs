namespace Faultline.Cli.Tests.Terminal;

/// <summary>The built command on a real pseudo-terminal, as people run it; no engine is needed for any of this.</summary>
public class CommandOnATerminalTests
{
    private const string Old = "linux-patch/wp-zeropage/userfaultfd.abi.json", New = "linux-patch/wp-unpopulated/userfaultfd.abi.json";

    private static readonly Dictionary<string, string?> NoEngine = new() { ["DOCKER_HOST"] = "unix:///nonexistent/docker.sock" };

    private static readonly string[][] Commands =
    [
        ["--help"], ["run", "--help"], ["test", "--help"], ["kernel", "--help"], ["kernel", "build", "--help"], ["kernel", "check", "--help"], ["abi", "--help"],
        ["abi", "extract", "--help"], ["abi", "diff", "--help"], ["abi", "consumers", "--help"], ["abi", "refresh", "--help"], ["bench", "--help"], ["doctor", "--help"],
        ["prune", "--help"],
    ];

    public static TheoryData<int> Widths => [40, 80, 200];

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Help_fits(int columns)
    {
        foreach (var command in Commands)
        {
            var (code, lines, _) = await RunAsync(columns, command);
            Assert.True(code == 0, string.Join('\n', lines));
            Assert.Contains("Usage:", lines);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task The_doctor_is_readable(int columns)
    {
        var (code, lines, _) = await RunAsync(columns, ["doctor"], NoEngine);
        Assert.True(code == 10, string.Join('\n', lines));
        Assert.Contains(lines, line => line.StartsWith("MISS  container engine  ", StringComparison.Ordinal));
        // A line ends where a word does, and the next one is indented; only a word that is longer than the terminal goes on at its left edge.
        Assert.All(lines.Zip(lines.Skip(1)).Where(pair => pair.Second.Length > 0 && pair.First.Length < columns), pair => Assert.Matches("^(ok|MISS|note|    )", pair.Second));
        Assert.Contains("No container engine answered", string.Join(' ', lines.Select(line => line.Trim())), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Drift_is_told_in_full(int columns)
    {
        var (code, lines, _) = await RunAsync(columns, ["abi", "diff", Old, New]);
        Assert.True(code == 3, string.Join('\n', lines));
        Assert.Contains("flag-bit-reused UFFD_FEATURE 1 << 13: UFFD_FEATURE_WP_ZEROPAGE -> UFFD_FEATURE_WP_UNPOPULATED", string.Concat(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--variant", "wp-zerpoage")]
    [InlineData(2, "--variat", "x")]
    [InlineData(10, "--variant", "base", "--force")]
    public async Task A_failure_is_told_and_has_its_code(int expected, params string[] arguments)
    {
        var (code, lines, shown) = await RunAsync(80, ["kernel", "build", .. arguments], NoEngine);
        Assert.True(code == expected, shown);
        Assert.Contains(lines, line => line.StartsWith("faultline: ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM", "dumb")]
    [InlineData("TERM", null)]
    [InlineData("TERM", "")]
    [InlineData("NO_COLOR", "1")]
    public async Task Terminals_without_colours_get_none(string variable, string? value)
    {
        var environment = new Dictionary<string, string?>(NoEngine) { [variable] = value };
        foreach (var command in (string[][])[["doctor"], ["abi", "diff", Old, New], ["kernel", "build", "--force"], ["--help"]])
            Assert.DoesNotMatch("\x1b\\[[0-9;]*m", (await RunAsync(80, command, environment)).Shown);
    }

    [Theory]
    [InlineData("LC_ALL", "C")]
    [InlineData("LC_ALL", "POSIX")]
    [InlineData("LC_ALL", "de_DE.ISO-8859-1")]
    public async Task A_terminal_without_utf8_gets_ascii(string variable, string value)
    {
        var folder = Directory.CreateTempSubdirectory("faultline-ünïcode-…-");
        try
        {
            var (code, _, shown) = await RunAsync(200, ["abi", "diff", Old, Path.Combine(folder.FullName, "nöt.h")], new Dictionary<string, string?> { [variable] = value });
            Assert.Equal(2, code);
            Assert.Contains("faultline-\\u00fcn\\u00efcode-...-", shown, StringComparison.Ordinal);
            Assert.Contains("n\\u00f6t.h", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("??", shown, StringComparison.Ordinal);
            Assert.True(System.Text.Ascii.IsValid(shown), shown);
        }
        finally
        {
            folder.Delete();
        }
    }

    /// <summary>Data is UTF-8 whatever the locale says: it is read by programs.</summary>
    [Theory]
    [InlineData("C")]
    [InlineData("de_DE.ISO-8859-1")]
    [InlineData("C.UTF-8")]
    public async Task A_pipe_gets_utf8(string locale)
    {
        var result = await Command.RunAsync(new Dictionary<string, string?> { ["LC_ALL"] = locale }, "abi", "diff", Old, "/nonexistent/ünïcode…日本.h");
        Assert.Contains("/nonexistent/ünïcode…日本.h", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Escape_codes_in_names_do_not_reach_the_terminal()
    {
        var (_, _, shown) = await RunAsync(200, ["abi", "diff", Old, "/nonexistent/\x1b[2J\x1b]0;title\a.h"]);
        Assert.Contains("/nonexistent/^[[2J^[]0;title^G.h", shown, StringComparison.Ordinal);
    }

    /// <summary>What takes longer than people wait without a word is told while it lasts, and no longer.</summary>
    [Theory]
    [Trait("needs", "libclang")]
    [InlineData(0, 40)]
    [InlineData(0, 120)]
    [InlineData(2, 120)]
    public async Task What_takes_seconds_is_told_on_a_terminal(int piped, int columns)
    {
        var tree = Directory.CreateTempSubdirectory("faultline-slow-tree-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(tree, "include/uapi/linux"));
            await File.WriteAllTextAsync(Path.Combine(tree, "Kbuild"), "", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(tree, "Makefile"),
                "headers:\n\t@sleep 3; mkdir -p $(O)/usr/include/linux; echo '#define SLOW 1' >$(O)/usr/include/linux/userfaultfd.h\n",
                TestContext.Current.CancellationToken);
            using var terminal = PseudoTerminal.OfCommand(columns, ["abi", "emit", tree, "--lang", "c"], piped: piped);
            var result = await terminal.EndAsync();
            Assert.True(result.ExitCode == 0, $"{result}{terminal.Shown}");
            Assert.Equal(piped == 0, terminal.Shown.Contains("making the uapi headers of ", StringComparison.Ordinal));
            Assert.DoesNotContain("making the uapi headers", result.Output + result.Error, StringComparison.Ordinal);
            var left = TerminalPicture.Lines(terminal.Shown, columns);
            Assert.DoesNotContain(left, line => line.Contains("making", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(tree, recursive: true);
        }
    }

    /// <summary>Messages on the terminal while the result goes to a pipe, and the other way round.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task One_of_the_streams_may_be_a_pipe(int piped)
    {
        using var terminal = PseudoTerminal.OfCommand(40, ["abi", "diff", Old, New, "--write-accepted", "/dev/null", "--reason", "none"],
            piped: piped);
        var result = await terminal.EndAsync();
        Assert.True(result.ExitCode == 0, $"{result}{terminal.Shown}");
        Assert.Contains("accepts 1 changes", piped == 1 ? terminal.Shown : result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', result.Output + result.Error);

        using var doctor = PseudoTerminal.OfCommand(40, ["doctor"], NoEngine, piped);
        var found = await doctor.EndAsync();
        Assert.Contains("container engine", piped == 1 ? found.Output : doctor.Shown, StringComparison.Ordinal);
        if (piped == 1)
            Assert.Contains(found.Output.Split('\n'), line => line.Length > 60); // a pipe is as wide as its lines
    }

    private static async Task<(int Code, IReadOnlyList<string> Lines, string Shown)> RunAsync(int columns, string[] command, IReadOnlyDictionary<string, string?>? environment = null)
    {
        using var terminal = PseudoTerminal.OfCommand(columns, command, environment);
        var result = await terminal.EndAsync();
        return (result.ExitCode, TerminalPicture.Lines(terminal.Shown, columns), terminal.Shown);
    }
}
