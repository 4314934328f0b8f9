using CliWrap;
using CliWrap.Buffered;
using Faultline.Cli.Tests.Terminal;

namespace Faultline.Cli.Tests;

/// <summary>
/// Every exit code of docs/exit-codes.md arrives through <c>build.sh</c> and through <c>build.cake</c>: both real, in a folder where stand-ins take the
/// place of the command and of <c>dotnet</c>, so that nothing is built.
/// </summary>
public sealed class BuildScriptCodesTests : IDisposable
{
    private const int FailedTest = 1;

    private readonly string _folder = Directory.CreateTempSubdirectory("faultline build ").FullName;

    public BuildScriptCodesTests()
    {
        foreach (var file in (string[])["build.sh", "build.cake", "global.json", "nuget.config"])
            File.Copy(Path.Combine(Command.Root, file), Of(file));
        File.CreateSymbolicLink(Of(".config"), Path.Combine(Command.Root, ".config"));
        TakeCompiledCake();
        // Publishing puts the stand-in for the command where build.cake takes it from; a suite has one test, which passes unless told otherwise.
        Write("bin/dotnet", """
            #!/bin/sh
            case "$1 $2" in
                "cake "*) if [ -n "$REAL_DOTNET" ]; then exec "$REAL_DOTNET" "$@"; fi; mkdir -p artifacts/bin; cp stand-in artifacts/bin/faultline; exit "${CAKE:-0}" ;;
                "publish src/NativeCommand")
                    mkdir -p artifacts/native/command
                    cp stand-in artifacts/native/command/Faultline.NativeCommand ;;
                "publish src/Launcher") mkdir -p artifacts/native/bin; cp stand-in artifacts/native/bin/faultline ;;
                "publish "*) mkdir -p artifacts/bin ;;
                "test "*)
                    while [ "$1" != --results-directory ]; do shift; done
                    broken=
                    [ "${FAILED:-0}" = 0 ] || broken=',{"name":"Broken","status":"failed","duration":30000,"message":"it \033[31mbroke"}'
                    mkdir -p "$2"
                    echo "$(basename "$2") ${FAULTLINE_BASE_SECONDS-untold}" >> told
                    printf '{"results":{"tests":[{"name":"Whole","status":"passed","duration":10}%b]}}' "$broken" > "$2/a.ctrf"
                    exit "${FAILED:-0}" ;;
            esac
            """);
        CommandIs("exit \"$CODE\"");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Codes => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 129, 130, 143];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task The_commands_code_is_the_scripts(int code)
    {
        foreach (var target in (string[])["run", "refresh"])
            Assert.Equal(code, (await RunAsync([target], ("CODE", $"{code}"))).ExitCode);
        // What cake says counts where it does the work.
        Assert.Equal(code, (await RunAsync(["build"], ("CAKE", $"{code}"))).ExitCode);
    }

    [Fact]
    public async Task Arguments_arrive_as_they_are()
    {
        CommandIs("printf '<%s>' \"$@\"");
        var result = await RunAsync(["run", "--", "--variant", "a b", "", "c\nd", "*", "$HOME", "'\""]);
        Assert.Equal("<run><--variant><a b><><c\nd><*><$HOME><'\">", result.StandardOutput);
        Assert.Equal("<abi><refresh><--drift-only>", (await RunAsync(["refresh", "--", "--drift-only"])).StandardOutput);
    }

    [Fact]
    public async Task A_build_that_fails_is_10_and_the_command_is_not_run()
    {
        CommandIs("echo ran");
        var result = await RunAsync(["run"], ("CAKE", "10"));
        Assert.Equal(10, result.ExitCode);
        Assert.Empty(result.StandardOutput);
    }

    /// <summary>The real cake, which makes 1 of every failure by itself and colours it in a pipe.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(130)]
    public async Task A_suites_code_goes_through_cake(int code)
    {
        var result = await RunRealAsync(["test"], ("CODE", $"{code}"), ("WRITES_REPORT", "1"));
        Assert.True(result.ExitCode == code, result.StandardOutput + result.StandardError);
        Assert.Equal(code == 0 ? "3 passed, 0 failed, 0 skipped" : "3 passed, 1 failed, 0 skipped", result.StandardOutput.TrimEnd().Split('\n')[^1]);
        Assert.DoesNotContain('\x1b', result.StandardOutput + result.StandardError);
    }

    [Fact]
    public async Task A_test_that_failed_is_1_and_the_summary_is_the_last_line()
    {
        var result = await RunRealAsync(["test"], ("CODE", "0"), ("FAILED", $"{FailedTest}"), ("WRITES_REPORT", "1"));
        Assert.Equal(FailedTest, result.ExitCode);
        Assert.EndsWith("3 passed, 2 failed, 0 skipped\n", result.StandardOutput, StringComparison.Ordinal);
        foreach (var part in (string[])["fast", "real"])
        {
            Assert.Contains($"{part}:   30 s  Broken\n", result.StandardOutput, StringComparison.Ordinal);
            Assert.Contains($"{part}: failed  Broken\n    it  [31mbroke\n", result.StandardOutput, StringComparison.Ordinal);
        }
    }

    /// <summary>By that they know whether to leave some out.</summary>
    [Fact]
    public async Task Real_tests_are_told_what_the_run_before_took_to_compile_base()
    {
        CommandIs("""
            mkdir -p artifacts/report
            echo '{"kernels":[
                {"name":"base","phases":[{"name":"configure","seconds":9},{"name":"build","seconds":542.8}],
                    "tests":{"passed":1,"failed":0,"skipped":0}},
                {"name":"v","phases":[{"name":"build","seconds":70}]}]}' > artifacts/report/results.json
            """);
        var result = await RunRealAsync(["test"]);
        Assert.True(result.ExitCode == 0, result.StandardOutput + result.StandardError);
        Assert.Equal(["fast untold", "real 543"], await File.ReadAllLinesAsync(Of("told"), Token));
    }

    [Fact]
    public async Task A_tool_that_fails_is_10_without_escape_codes()
    {
        Write("bin/dotnet", File.ReadAllText(Of("bin/dotnet")).Replace("\"publish src/Launcher\")", "\"restore \"*) exit 1 ;;\n    \"publish src/Launcher\")", StringComparison.Ordinal));
        var result = await RunRealAsync(["build"]);
        Assert.True(result.ExitCode == 10, result.StandardOutput + result.StandardError);
        Assert.Contains("build.cake: dotnet restore ended with exit code 1", result.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', result.StandardOutput + result.StandardError);
    }

    /// <summary>The command clears up for a while after Ctrl-C; the script ends when that is done and with its code.</summary>
    [Theory]
    [InlineData("run", false)]
    [InlineData("test", true)]
    public async Task Ctrl_C_on_a_terminal_waits_for_the_command(string target, bool realCake)
    {
        CommandIs("trap 'sleep 1; echo cleared up; exit 130' INT; echo at work; sleep 60 & wait");
        using var terminal = new PseudoTerminal(80, [Of("build.sh"), target], PseudoTerminal.Usual(Environment(realCake)), folder: _folder);
        await terminal.UntilShownAsync(shown => shown.Contains("at work", StringComparison.Ordinal), TimeSpan.FromMinutes(2));
        terminal.Type(3);
        var result = await terminal.EndAsync();
        Assert.True(result.ExitCode == 130, terminal.Shown);
        Assert.Contains("cleared up", terminal.Shown, StringComparison.Ordinal);
    }

    /// <summary>A supervisor signals the script alone, timeout(1) also everything it started; either way the command hears of it.</summary>
    [Theory]
    [InlineData("run", false)]
    [InlineData("test", true)]
    public async Task Sigterm_reaches_the_command(string target, bool realCake)
    {
        CommandIs("trap 'sleep 1; echo cleared up; exit 143' TERM; echo at work; sleep 60 & wait");
        foreach (var options in (string[][])[["--foreground"], []])
        {
            // As a shell starts it, timeout(1) puts what it runs in the background of the terminal.
            const string shell = "sh -c 'echo $$ > timeout.pid; exec timeout \"$@\"' sh \"$@\"; exit $?";
            using var terminal = new PseudoTerminal(
                80, ["sh", "-c", shell, "sh", "--preserve-status", "--kill-after=30", .. options, "300", Of("build.sh"), target],
                PseudoTerminal.Usual(Environment(realCake)), folder: _folder);
            await terminal.UntilShownAsync(shown => shown.Contains("at work", StringComparison.Ordinal), TimeSpan.FromMinutes(2));
            // Its timer says with this signal that the time is over; nobody knows beforehand how long cake takes to start.
            await CliWrap.Cli.Wrap("kill").WithArguments(["-ALRM", File.ReadAllText(Of("timeout.pid")).Trim()]).ExecuteAsync(Token);
            var result = await terminal.EndAsync();
            Assert.True(result.ExitCode == 143, terminal.Shown);
            await terminal.UntilShownAsync(shown => shown.Contains("cleared up", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        }
    }

    /// <summary>
    /// Compiling build.cake takes seconds, and cake keeps the outcome under a hash of the text: what <c>./build.sh test</c> compiled for
    /// itself is the same program. A copy, since a test that ends cake early must not leave half a file where the checkout's own is.
    /// </summary>
    private void TakeCompiledCake()
    {
        const string cache = "artifacts/cake";
        var kept = new DirectoryInfo(Path.Combine(Command.Root, cache));
        Directory.CreateDirectory(Of(cache));
        foreach (var file in kept.Exists ? kept.GetFiles("*.dll") : [])
            file.CopyTo(Path.Combine(Of(cache), file.Name));
    }

    private string Of(string name) => Path.Combine(_folder, name);

    /// <summary>What the stand-in for the command does; for a suite it leaves the report that <c>faultline run</c> would.</summary>
    private void CommandIs(string script) => Write("stand-in", $$$"""
        #!/bin/sh
        if [ -n "$WRITES_REPORT" ]; then
            mkdir -p artifacts/report
            echo '{"kernels":[{"tests":{"passed":1,"failed":0,"skipped":0}}]}' > artifacts/report/results.json
        fi
        {{{script}}}
        """);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Of(name))!);
        File.WriteAllText(Of(name), text + "\n");
        File.SetUnixFileMode(Of(name), (UnixFileMode)0b111_101_101);
    }

    private Dictionary<string, string?> Environment(bool realCake, params (string Name, string Value)[] more)
    {
        var path = System.Environment.GetEnvironmentVariable("PATH")!;
        var all = new Dictionary<string, string?>
        {
            ["PATH"] = $"{Of("bin")}:{path}",
            ["FAULTLINE_NO_INSTALL"] = "1",
            ["DOCKER_HOST"] = "unix:///nonexistent.sock",
            ["REAL_DOTNET"] = realCake ? path.Split(':').Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists) : null,
            ["NO_COLOR"] = null,
        };
        foreach (var (name, value) in more)
            all[name] = value;
        return all;
    }

    private Task<BufferedCommandResult> RunAsync(string[] arguments, params (string Name, string Value)[] environment) => RunAsync(realCake: false, arguments, environment);

    private Task<BufferedCommandResult> RunRealAsync(string[] arguments, params (string Name, string Value)[] environment) => RunAsync(realCake: true, arguments, environment);

    private async Task<BufferedCommandResult> RunAsync(bool realCake, string[] arguments, (string Name, string Value)[] environment) =>
        await CliWrap.Cli.Wrap(Of("build.sh")).WithArguments(arguments).WithWorkingDirectory(_folder).WithEnvironmentVariables(Environment(realCake, environment))
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(Token);
}
