using System.Text.RegularExpressions;

namespace Faultline.Harness.Guest;

/// <summary>
/// The names of the suite's rows and scenarios, read from its sources: nothing has to be built to refuse one that does not exist.
/// </summary>
internal sealed partial class SuiteRows
{
    private const int Named = 4;

    private SuiteRows(IReadOnlyList<string> scenarios) => Scenarios = scenarios;

    /// <summary><c>R12</c>, <c>R31-mprotect</c>; empty without sources.</summary>
    public IReadOnlyList<string> Scenarios { get; }

    /// <summary>The rows of a checkout's suite.</summary>
    public static SuiteRows Of(Checkout checkout)
    {
        var folder = Path.Combine(checkout.Root, "src", "AbiTests", "Scenarios");
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories) : [];
        return new SuiteRows([.. files.SelectMany(file => Scenario().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value)
            .Distinct(StringComparer.Ordinal).OrderBy(Number).ThenBy(name => name, StringComparer.Ordinal)]);
    }

    /// <summary>Whether a query for this row selects a test.</summary>
    public bool Has(string name) => Scenarios.Count == 0 || Scenarios.Any(scenario =>
        scenario.Equals(name, StringComparison.OrdinalIgnoreCase) || RowOf(scenario).Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What somebody may have meant: the scenarios of its row, else the rows whose numbers are nearest.</summary>
    public IReadOnlyList<string> NearTo(string name)
    {
        var row = RowOf(name.StartsWith('R') || name.StartsWith('r') ? name : "R" + name);
        List<string> same = [.. Scenarios.Where(scenario => RowOf(scenario).Equals(row, StringComparison.OrdinalIgnoreCase))];
        var near = same.Count > 0 ? same
            : int.TryParse(row[1..], out var number) ? [.. Scenarios.OrderBy(scenario => Math.Abs(Number(scenario) - number)).Take(Named)]
            : Scenarios.Take(Named);
        return [.. near.OrderBy(Number).ThenBy(scenario => scenario, StringComparer.Ordinal)];
    }

    private static string RowOf(string scenario) => scenario.Split('-', 2)[0];

    private static int Number(string scenario) => int.Parse(RowOf(scenario)[1..], System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\[Scenario\(""(R[0-9]+(?:-[^""]+)?)""")]
    private static partial Regex Scenario();
}
