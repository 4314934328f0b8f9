using System.Globalization;
using System.Reflection;
using System.Text;
using Faultline.AbiTests.Expectations;
using Faultline.Harness.Sources;

namespace Faultline.AbiTests.Tests;

/// <summary>The row catalogue: what each scenario asks, why anyone cares, and what each kernel does.</summary>
internal static class RowCatalogue
{
    private const string Head = """
        # Rows of the conformance suite

        <!-- Written by the tests of AbiTests under FAULTLINE_REWRITE_GOLDENS=1 from src/AbiTests/Scenarios and linux-patch/*/variant.toml. -->

        What each scenario asks, why anyone cares, and what each kernel does. **Bold** is not what the first kernel, the
        negative control, does. The notation is explained in [conformance suite](conformance-suite.md#notation). Unless a row says otherwise the memory is private and
        anonymous, without huge pages, never touched ("a hole"), registered for write-protect faults and protected.


        """;

    public static ScenarioAttribute[] Scenarios { get; } =
    [
        .. typeof(ScenarioAttribute).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<ScenarioAttribute>()).OfType<ScenarioAttribute>()
            .OrderBy(scenario => int.Parse(scenario.Key.Split('-')[0][1..], CultureInfo.InvariantCulture)).ThenBy(scenario => scenario.Key, StringComparer.Ordinal),
    ];

    public static string Write(string root)
    {
        var variants = VariantCatalog.Load([Path.Combine(root, "linux-patch")]).Variants;
        var text = new StringBuilder(Head);
        text.Append("| kernel | what it is |\n|---|---|\n");
        foreach (var variant in variants)
            text.Append($"| {variant.Name} | {variant.Title} |\n");
        // With the knob as it is after boot these do what the variants do that they stand on.
        var all = VariantCatalog.Load(Path.Combine(root, "linux-patch"), Path.Combine(root, "linux-patch", "knobs")).Variants;
        var knobs = all.Where(variant => variants.All(other => other.Name != variant.Name)).ToList();
        foreach (var scenario in Scenarios)
            Row(text, scenario, scenario.NeedsKnob ? knobs : variants);
        return text.ToString();
    }

    private static void Row(StringBuilder text, ScenarioAttribute scenario, IReadOnlyList<Variant> variants)
    {
        text.Append($"\n## {scenario.Key}: {scenario.Title}\n\n{scenario.About}\n\n");
        text.Append($"| | {string.Join(" | ", variants.Select(variant => variant.Name))} |\n|---|{string.Concat(variants.Select(_ => "---|"))}\n");
        var expected = variants.Select(variant => variant.Expect.GetValueOrDefault(scenario.Key)?.Observables ?? new Dictionary<string, string>()).ToList();
        foreach (var observable in expected.SelectMany(values => values.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            var values = expected.Select(table => table.GetValueOrDefault(observable, "")).ToList();
            // Whatever differs from the control is what the eye looks for.
            var cells = values.Select((value, column) => column > 0 && value != values[0] ? $"**{Cell(value)}**" : Cell(value));
            text.Append($"| {observable} | {string.Join(" | ", cells)} |\n");
        }
    }

    private static string Cell(string value) => value.Replace("|", "\\|", StringComparison.Ordinal);
}
