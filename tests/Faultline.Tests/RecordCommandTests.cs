using System.Text.Json;
using System.Text.RegularExpressions;

namespace Faultline.Cli.Tests;

/// <summary>From a run to expectations and back: what this machine's kernel does becomes a variant, and is held from then on.</summary>
[Trait("needs", "userfaultfd")]
public sealed partial class RecordCommandTests : IDisposable
{
    private readonly string _variants = Directory.CreateTempSubdirectory("faultline-variants-").FullName;

    /// <summary>The report's own folder: the checkout's is any other test's as well, between two commands.</summary>
    private readonly string _report = Directory.CreateTempSubdirectory("faultline-report-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Results => Path.Combine(_report, "report", "results.json");

    private string VariantFile => Path.Combine(_variants, "mine", "variant.toml");

    public void Dispose()
    {
        Directory.Delete(_variants, recursive: true);
        Directory.Delete(_report, recursive: true);
    }

    [Fact]
    public async Task What_a_kernel_does_becomes_a_variant_and_a_wrong_row_is_recorded_again()
    {
        await TestAsync(expected: 0, "--variant", "upstream", "--filter", "row=R1", "--filter", "row=R12");
        await RunAsync(
            expected: 0, "new-variant", "mine", "--kernel", "running", "--variant", "upstream", "-o", _variants, "--from", Results);
        var proposed = await File.ReadAllTextAsync(VariantFile, Token);
        Assert.Contains("inherits    = \"upstream\"", proposed, StringComparison.Ordinal);

        const string wrong = "\n[expect.R12] # what I thought\nevent   = \"never\" # really?\npagemap = \"Aw\"\n";
        await File.AppendAllTextAsync(VariantFile, wrong, Token);
        await TestAsync(expected: 1, "--variants", _variants, "--variant", "mine", "--filter", "row=R12");
        var shown = await RecordAsync(expected: 0, "--dry-run");
        Assert.Contains("-event   = \"never\" # really?", shown.Output, StringComparison.Ordinal);
        Assert.Equal(proposed + wrong, await File.ReadAllTextAsync(VariantFile, Token));

        var written = await RecordAsync(expected: 0, "R12", "--json");
        using (var result = JsonDocument.Parse(written.Output))
        {
            Assert.Equal("faultline-record/1", result.RootElement.GetProperty("schema").GetString());
            var recorded = Assert.Single(result.RootElement.GetProperty("recorded").EnumerateArray());
            Assert.Equal("R12", recorded.GetProperty("scenario").GetString());
        }

        var text = await File.ReadAllTextAsync(VariantFile, Token);
        const string recordedTable = "\n[expect.R12] # what I thought\nreview  = true\nevent   = \"wp|write\" # really?\n";
        Assert.StartsWith(proposed + recordedTable, text, StringComparison.Ordinal);
        var held = await TestAsync(expected: 0, "--variants", _variants, "--variant", "mine", "--filter", "row=R12");
        Assert.Contains("note: 1 expectation is to be reviewed: R12.", held.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(VariantFile, text.Replace("review  = true\n", "", StringComparison.Ordinal), Token);
        var confirmed = await TestAsync(expected: 0, "--variants", _variants, "--variant", "mine", "--filter", "row=R12");
        Assert.DoesNotContain("to be reviewed", confirmed.Output, StringComparison.Ordinal);

        var unknown = await RecordAsync(expected: 2, "R1");
        Assert.Contains("has no such row; it has R12.", unknown.Error, StringComparison.Ordinal);
        var other = await RunAsync(expected: 2, "record", "--variant", "upstream", "--kernel", "running", "--from", await StaleAsync());
        const string remedy = "may not be what would be seen now: suite changed since. Run it again: faultline test --kernel running";
        Assert.Contains(remedy, other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variant_that_is_there_is_not_made_again()
    {
        var taken = await RunAsync(expected: 2, "new-variant", "base", "--kernel", "running");
        Assert.Contains("'faultline record --variant base'", taken.Error, StringComparison.Ordinal);
        var nowhere = await RunAsync(expected: 2, "new-variant", "../mine", "--kernel", "running");
        Assert.Contains("cannot be a variant's name", nowhere.Error, StringComparison.Ordinal);
        var nothing = await RunAsync(expected: 2, "new-variant", "mine");
        Assert.Contains("name it with --tree DIR, or with --kernel running", nothing.Error, StringComparison.Ordinal);
    }

    /// <summary>The report of a run whose suite was another one.</summary>
    private async Task<string> StaleAsync()
    {
        await TestAsync(expected: 0, "--variant", "upstream", "--filter", "row=R1");
        var file = Path.Combine(_variants, "results.json");
        var report = await File.ReadAllTextAsync(Results, Token);
        await File.WriteAllTextAsync(file, SuiteInput().Replace(report, "\"suite\": \"0000\""), Token);
        return file;
    }

    private Task<Command.Result> RecordAsync(int expected, params string[] arguments) =>
        RunAsync(
            expected, ["record", "--variants", _variants, "--variant", "mine", "--kernel", "running", "--from", Results, .. arguments]);

    private Task<Command.Result> TestAsync(int expected, params string[] arguments) =>
        RunAsync(expected, ["test", "--kernel", "running", "--output", Path.GetDirectoryName(Results)!, .. arguments]);

    private static async Task<Command.Result> RunAsync(int expected, params string[] arguments)
    {
        var result = await Command.RunAsync(arguments);
        Assert.True(result.ExitCode == expected, result.ToString());
        return result;
    }

    [GeneratedRegex("\"suite\": \"[0-9a-f]{64}\"")]
    private static partial Regex SuiteInput();
}
