using System.Diagnostics;
using System.Text.Json;

namespace Faultline.AbiTests.Tests;

/// <summary>One run of the suite as a process of its own, as the harness starts it.</summary>
internal sealed class SuiteProcess
{
    private static readonly string Suite = Path.Combine(AppContext.BaseDirectory, "Faultline.AbiTests.dll");

    private SuiteProcess(int exitCode, string output, string error)
    {
        ExitCode = exitCode;
        Error = error;
        Events = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    internal int ExitCode { get; }

    internal string Error { get; }

    internal IReadOnlyList<JsonElement> Events { get; }

    /// <summary>The only result; fails when there is not exactly one.</summary>
    internal JsonElement Result => Assert.Single(Events, e => Name(e) == "result");

    /// <summary>The tests of every part of the plan, in order.</summary>
    internal IEnumerable<JsonElement> Plan => Events.Where(e => Name(e) == "plan").SelectMany(e => e.GetProperty("tests").EnumerateArray());

    internal IEnumerable<string> Names => Events.Select(Name);

    /// <summary>Runs the suite with a profile written for this run.</summary>
    /// <param name="profile">Content of profile.json.</param>
    /// <param name="arguments">Arguments behind --profile and --events.</param>
    internal static SuiteProcess Run(string profile, params string[] arguments)
    {
        var path = Path.Combine(Path.GetTempPath(), $"faultline-profile-{Guid.NewGuid():n}.json");
        File.WriteAllText(path, profile);
        try
        {
            return RunBare(["--profile", path, "--events", "-", .. arguments]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    internal static SuiteProcess RunBare(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["exec", Suite, .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    private static string Name(JsonElement e) => e.GetProperty("event").GetString()!;
}
