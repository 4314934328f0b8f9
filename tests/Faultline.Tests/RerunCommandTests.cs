using System.Text.RegularExpressions;

namespace Faultline.Cli.Tests;

/// <summary>Again and again: rounds, orders, and only what failed.</summary>
public sealed partial class RerunCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("faultline-rerun-").FullName;

    private string Report => Path.Combine(_folder, "report");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("needs", "userfaultfd")]
    public async Task What_failed_runs_again_as_often_as_wanted()
    {
        await WriteVariantAsync();
        var first = await RunAsync(
            1, "test", "--kernel", "running", "--variants", _folder, "--variant", "mine", "--filter", "row=R1", "--filter", "row=R12",
            "--repeat", "3", "--shuffle", "--output", Report);
        Assert.Contains("running: failed: 1 of 2 tests failed: R12 in 3 of 3 rounds", first.Output, StringComparison.Ordinal);
        var seed = Seed().Match(first.Error).Groups[1].Value;
        Assert.Contains($"the tests ran in the order that '--shuffle {seed}' draws", first.Output, StringComparison.Ordinal);

        var shown = await RunAsync(0, "rerun", "--from", Report, "--dry-run");
        Assert.Contains("--filter row=R12 --variant mine", shown.Error, StringComparison.Ordinal);
        Assert.Contains($"--repeat 3 --shuffle {seed}", shown.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("R1 ", shown.Error, StringComparison.Ordinal);

        var again = await RunAsync(1, "rerun", "--from", Report, "--repeat", "5", "--until-fail", "--output", Report);
        Assert.Contains("1 of 1 test failed: R12", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--shuffle", again.Error, StringComparison.Ordinal);

        File.Delete(Path.Combine(_folder, "mine", "variant.toml"));
        await WriteVariantAsync(expectation: "");
        await RunAsync(0, "rerun", "--from", Report, "--output", Report);
        var nothing = await RunAsync(0, "rerun", "--from", Report);
        Assert.Contains($"nothing failed in {Report}", nothing.Error, StringComparison.Ordinal);
    }

    /// <summary>Of a run with a control, the kernels that failed are tested without it: of a few rows it has nothing to say.</summary>
    [Fact]
    public async Task A_run_becomes_a_test_of_what_failed()
    {
        const string results = """
            {
              "schema": "faultline-results/1", "exitCode": 1, "verdict": "failed", "started": "2026-11-24T01:02:03+00:00",
              "run": {
                "command": ["run", "--filter", "row=R1", "--fresh", "--timeout", "60", "--json"], "repeat": "", "folder": "/", "version": ""
              },
              "kernels": [
                { "name": "base", "role": "control", "variant": "base", "verdict": "pass", "results": [], "controls": [] },
                { "name": "wp-zeropage", "role": "variant", "variant": "wp-zeropage", "verdict": "failed", "controls": [], "results": [
                  { "id": "a", "name": "a", "suite": "scenario", "outcome": "failed", "seconds": 1, "row": "R1", "scenario": "R1" } ] } ]
            }
            """;
        var file = Path.Combine(_folder, "results.json");
        await File.WriteAllTextAsync(file, results, TestContext.Current.CancellationToken);
        var shown = await RunAsync(0, "rerun", "--from", file, "--dry-run");
        Assert.Equal(
            $"faultline: in /: faultline test --timeout 60 --filter row=R1 --variant wp-zeropage --root {Command.Root}\n", shown.Error);
    }

    private async Task WriteVariantAsync(string expectation = "\n[expect.R12]\nevent = \"never\"\n")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "mine")).FullName;
        const string head = """
            name     = "mine"
            title    = "A wrong expectation"
            role     = "reference"
            source   = "debian:6.12"
            tag      = "-mine"
            inherits = "upstream"
            feature  = "UFFD_FEATURE_WP_UNPOPULATED"
            feature-bit = 13

            """;
        await File.WriteAllTextAsync(Path.Combine(folder, "variant.toml"), head + expectation, TestContext.Current.CancellationToken);
    }

    private static async Task<Command.Result> RunAsync(int expected, params string[] arguments)
    {
        var result = await Command.RunAsync(arguments);
        Assert.True(result.ExitCode == expected, result.ToString());
        return result;
    }

    [GeneratedRegex("^faultline: --shuffle ([0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex Seed();
}
