// Tasks only: every real step is a faultline command, a dotnet build or a dotnet test. See ./build.sh --help.
#nullable enable
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

const string Solution = "Faultline.slnx";
const string Configuration = "Release";
const string Cli = "artifacts/bin/faultline";
const string Summary = "artifacts/tests/summary.txt";
const string Packages = "artifacts/packages";

var target = Argument("target", "run");
var passedOn = (EnvironmentVariable("FAULTLINE_ARGUMENTS") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);

record TestResult(string Name, string Status, long Seconds, string Message);

record Counts(int Passed, int Failed, int Skipped)
{
    public static Counts operator +(Counts a, Counts b) => new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped);
}

// A signal is for the step that runs: it clears up and ends, and then so does this, with the code that shells give.
// A terminal's Ctrl-C reaches it by itself; the others are passed on.
Process? step = null;
var signalled = 0;
void On(PosixSignalContext context)
{
    context.Cancel = true;
    signalled = context.Signal switch { PosixSignal.SIGHUP => 129, PosixSignal.SIGINT => 130, _ => 143 };
    try
    {
        if (context.Signal != PosixSignal.SIGINT && step is { HasExited: false } running)
            Process.Start("kill", [context.Signal == PosixSignal.SIGHUP ? "-HUP" : "-TERM", $"{running.Id}"]);
    }
    catch (InvalidOperationException)
    {
        // It has ended meanwhile.
    }
}
var signals = new[] { PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGTERM }
    .Select(signal => PosixSignalRegistration.Create(signal, On)).ToList();

// Where a shell finds it; .NET would look beside its own host first.
string? OnPath(string program) =>
    (EnvironmentVariable("PATH") ?? "").Split(':').Select(folder => $"{folder}/{program}").FirstOrDefault(file => FileExists(file));

int Exec(string file, params string[] arguments)
{
    if (signalled != 0) Environment.Exit(signalled);
    using var process = step = Process.Start(OnPath(file) ?? file, arguments)!;
    process.WaitForExit();
    step = null;
    if (signalled != 0) Environment.Exit(signalled);
    return process.ExitCode;
}

// Cake would make 1 of every code, and add colours that a log does not want.
void Leave(int exitCode, string message)
{
    Console.Error.WriteLine($"build.cake: {message}");
    Environment.Exit(exitCode);
}

// docs/exit-codes.md: codes of other tools would read as verdicts there, so they become 10.
void Must(int exitCode, string what)
{
    if (exitCode != 0) Leave(10, $"{what} ended with exit code {exitCode}");
}

// xunit writes one CTRF file (ctrf.io) for each test module, and a failure's escape characters into it as they are, which JSON forbids.
TestResult[] ReadResults(string directory) => [.. GetFiles($"{directory}/**/*.ctrf").SelectMany(file =>
{
    var text = new string([.. System.IO.File.ReadAllText(file.FullPath).Select(c => char.IsControl(c) ? ' ' : c)]);
    using var report = JsonDocument.Parse(text);
    return report.RootElement.GetProperty("results").GetProperty("tests").EnumerateArray().Select(test => new TestResult(
        test.GetProperty("name").GetString()!, test.GetProperty("status").GetString()!, test.GetProperty("duration").GetInt64() / 1000,
        test.TryGetProperty("message", out var message) ? message.GetString() ?? "" : "")).ToArray();
})];

Counts Count(TestResult[] tests) => new(
    tests.Count(test => test.Status == "passed"), tests.Count(test => test.Status == "failed"),
    tests.Count(test => test.Status is not ("passed" or "failed")));

// Whoever reads the end of a long log wants to know what failed and where the time went, not to search for it.
void Tell(string name, TestResult[] tests)
{
    foreach (var test in tests.OrderByDescending(test => test.Seconds).Take(10).Where(test => test.Seconds >= 20))
        Console.WriteLine($"{name}: {test.Seconds,4} s  {test.Name}");
    foreach (var test in tests.Where(test => test.Status == "failed"))
        Console.WriteLine($"{name}: failed  {test.Name}\n    {test.Message.ReplaceLineEndings("\n    ")}");
}

// Runs every test module whose tests match the filter; a module without a match is no error (exit code 8).
(int ExitCode, Counts Counts, TestResult[] Results) Tests(string name, params string[] filter)
{
    Information($"== {name} tests");
    // Fast tests of the command take the one that people have.
    Environment.SetEnvironmentVariable("FAULTLINE_COMMAND", name == "fast" ? MakeAbsolute(File(Cli)).FullPath : null);
    var results = $"artifacts/tests/{name}";
    EnsureDirectoryDoesNotExist(results);
    var exitCode = Exec("dotnet", ["test", "--solution", Solution, "--configuration", Configuration,
        "--no-build", "--no-ansi", "--no-progress",
        "--max-parallel-test-modules", "2", "--results-directory", MakeAbsolute(Directory(results)).FullPath,
        "--report-xunit-ctrf", "--ignore-exit-code", "8", .. filter]);
    var tests = ReadResults(results);
    var counts = Count(tests);
    return (exitCode == 0 ? 0 : counts.Failed > 0 ? 1 : 10, WithFailure(counts, exitCode), tests);
}

// A module that crashed or a kernel that was never booted has no test that failed; the sum must not read as if nothing had.
Counts WithFailure(Counts counts, int exitCode) => exitCode != 0 && counts.Failed == 0 ? counts with { Failed = 1 } : counts;

// The conformance tests in the guests, as the report counts them.
(int ExitCode, Counts Counts) Conformance()
{
    const string results = "artifacts/report/results.json";
    DateTime Written() => System.IO.File.GetLastWriteTimeUtc(results);
    var earlier = Written();
    var exitCode = Exec(Cli, ["run", .. passedOn]);
    if (!FileExists(results) || Written() == earlier) // a run that ends early leaves an older one's
        return (exitCode, WithFailure(new Counts(0, 0, 0), exitCode));
    using var report = JsonDocument.Parse(System.IO.File.ReadAllText(results));
    var toCompileBase = report.RootElement.GetProperty("kernels").EnumerateArray()
        .Where(kernel => kernel.TryGetProperty("name", out var name) && name.GetString() == "base")
        .SelectMany(kernel => kernel.TryGetProperty("phases", out var phases) ? phases.EnumerateArray().ToArray() : [])
        .Where(phase => phase.GetProperty("name").GetString() == "build").Sum(phase => phase.GetProperty("seconds").GetDouble());
    // By it the real tests know a slow machine.
    Environment.SetEnvironmentVariable("FAULTLINE_BASE_SECONDS", $"{toCompileBase:0}");
    var counts = report.RootElement.GetProperty("kernels").EnumerateArray().Aggregate(new Counts(0, 0, 0), (sum, kernel) =>
    {
        if (!kernel.TryGetProperty("tests", out var tests) || tests.ValueKind != JsonValueKind.Object) return sum;
        int Count(string name) => tests.GetProperty(name).GetInt32();
        return sum + new Counts(Count("passed"), Count("failed"), Count("skipped"));
    });
    return (exitCode, WithFailure(counts, exitCode));
}

// A project with all it stands on, or the solution.
void BuildAll(string what)
{
    Must(Exec("dotnet", "restore", what, "--locked-mode", "--verbosity", "quiet"), "dotnet restore");
    Must(Exec("dotnet", "build", what, "--no-restore", "--configuration", Configuration, "--verbosity", "quiet"), "dotnet build");
}

// The command is native, and so is its first process, which extracts headers by itself (docs/adr/0008-native-command.md).
// Without a linker the managed command stands in for both, slower to start.
void PublishCommand()
{
    if (OnPath("clang") is not null || OnPath("gcc") is not null)
    {
        Publish("src/NativeCommand", "artifacts/native/command/Faultline.NativeCommand", "artifacts/bin/lib/faultline",
            "-p:RestoreLockedMode=true");
        Publish("src/Launcher", "artifacts/native/bin/faultline", Cli,
            "--use-current-runtime", "-p:FaultlineNative=true", "--artifacts-path", "artifacts/native");
        return;
    }
    Must(Exec("dotnet", "publish", "src/Faultline", "-p:RestoreLockedMode=true", "--configuration", Configuration,
        "--output", "artifacts/bin/lib", "--verbosity", "quiet"), "dotnet publish");
    Information("neither clang nor gcc is here to link with: artifacts/bin/faultline is the managed command");
    if (FileExists(Next(Cli))) DeleteFile(Next(Cli));
    System.IO.File.CreateSymbolicLink(Next(Cli), "lib/faultline");
    System.IO.File.Move(Next(Cli), Cli, overwrite: true);
}

void Publish(string project, string made, string program, params string[] options)
{
    var folder = System.IO.Path.GetDirectoryName(made)!;
    Must(Exec("dotnet", ["publish", project, "--configuration", Configuration, "--output", folder, "--verbosity", "quiet", .. options]),
        $"dotnet publish of {project}");
    EnsureDirectoryExists(System.IO.Path.GetDirectoryName(program)!);
    System.IO.File.Copy(made, Next(program), overwrite: true);
    System.IO.File.Move(Next(program), program, overwrite: true);
}

// The old program may be running, or be called while this lasts: it stays until the new one takes its place.
string Next(string program) => program + ".new";

// A run needs the command alone, and whoever runs it again waits for this: a second ./build.sh takes a third of the solution's time.
Task("command").Does(PublishCommand);

Task("build").Does(() =>
{
    BuildAll(Solution);
    PublishCommand();
});

Task("test").IsDependentOn("build").Does(() =>
{
    if (FileExists(Summary)) DeleteFile(Summary);
    var fast = Tests("fast", "--filter-not-trait", "needs=engine", "--filter-not-trait", "needs=guest");
    var conformance = Conformance();
    var real = Tests("real", "--filter-trait", "needs=engine", "--filter-trait", "needs=guest");

    Tell("fast", fast.Results);
    Tell("real", real.Results);
    var parts = new[] { (fast.ExitCode, fast.Counts), conformance, (real.ExitCode, real.Counts) };
    var total = parts.Aggregate(new Counts(0, 0, 0), (sum, part) => sum + part.Counts);
    var exitCode = parts.Select(part => part.ExitCode).FirstOrDefault(code => code != 0);
    if (exitCode == 0 && parts.Any(part => part.Counts.Passed == 0)) Leave(9, "a part of the suite reported nothing");
    var summary = $"{total.Passed} passed, {total.Failed} failed, {total.Skipped} skipped\n";
    System.IO.File.WriteAllText(Summary, summary);
    Console.Write(summary);
    Environment.Exit(exitCode);
});

Task("pack").IsDependentOn("build").Does(() =>
{
    EnsureDirectoryDoesNotExist(Packages, new DeleteDirectorySettings { Recursive = true, Force = true });
    foreach (var project in new[] { "generators/AbiGenerator", "src/Userfaultfd", "src/Faultline" })
    {
        Must(Exec("dotnet", "pack", project, "--no-build", "--configuration", Configuration, "--output", Packages, "--verbosity", "quiet"),
            $"dotnet pack {project}");
    }
    foreach (var package in GetFiles($"{Packages}/*.nupkg")) Information(MakeAbsolute(Directory(".")).GetRelativePath(package));
});

Task("bench-abi").IsDependentOn("build").Does(() => Must(
    Exec("dotnet", "run", "--project", "benchmarks/AbiBenchmarks", "--no-build", "--configuration", Configuration), "the benchmark"));

Task("clean").Does(() => EnsureDirectoryDoesNotExist("artifacts", new DeleteDirectorySettings { Recursive = true, Force = true }));

try
{
    RunTarget(target);
}
catch (Exception e)
{
    Leave(10, e.ToString());
}

