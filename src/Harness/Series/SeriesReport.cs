using System.Text.Json.Serialization;
using Faultline.Harness.Judging;

namespace Faultline.Harness.Series;

/// <summary>The checks of one series, in the order in which they ran.</summary>
/// <param name="Name">The variant.</param>
/// <param name="Source">The kernel source that was asked for.</param>
/// <param name="SourceVersion">Which one it was exactly.</param>
/// <param name="Foundation">How many patches of other variants were applied first, unchecked.</param>
/// <param name="Checks">The results; after a patch that does not apply there are none.</param>
internal sealed record SeriesReport(string Name, string Source, string SourceVersion, int Foundation, IReadOnlyList<CheckResult> Checks)
{
    /// <summary>What can be booted: the tree after each patch that was built, unless the check was a quick one.</summary>
    [JsonIgnore]
    public IReadOnlyList<CheckedTree> Trees { get; init; } = [];

    /// <summary>The exit code that speaks for several series.</summary>
    public static int ExitCodeOf(IEnumerable<SeriesReport> reports) =>
        VerdictKinds.OverallOfChecks(reports.SelectMany(report => report.Checks).Select(check => check.Verdict)).ExitCode();
}
