using System.Globalization;
using System.Text.Json;
using Faultline.Harness.Judging;

namespace Faultline.Harness.Report;

/// <summary>
/// Earlier reports: <c>reports/START-KIND-VERDICT</c> beside the folder of the newest. KIND is <c>run</c>, <c>test</c> or <c>running</c>, for the
/// folders <c>report</c>, <c>report-test</c> and <c>report-running</c>; of each kind the newest are kept.
/// </summary>
/// <param name="folder">The folder of the newest report.</param>
internal sealed class KeptReports(string folder)
{
    /// <summary>How many of each kind stay.</summary>
    public const int Limit = 10;

    private const string FolderName = "reports";

    private readonly string _folder = Path.GetFullPath(folder);

    private string Kind => Path.GetFileName(_folder) switch
    {
        "report" => "run",
        var name when name.StartsWith("report-", StringComparison.Ordinal) => name["report-".Length..],
        var name => name,
    };

    private string Place => In(Path.GetDirectoryName(_folder)!);

    /// <summary>The folder that holds the kept reports of a folder of artifacts.</summary>
    public static string In(string artifacts) => Path.Combine(artifacts, FolderName);

    /// <summary>The kept reports of this kind, newest first.</summary>
    public IReadOnlyList<string> Folders => Directory.Exists(Place)
        ? [.. Directory.EnumerateDirectories(Place).Where(IsOfKind).OrderDescending(StringComparer.Ordinal)]
        : [];

    /// <summary>The newest report; null when there is none, or when it cannot be read.</summary>
    public RunReport? Newest => Read(_folder);

    /// <summary>The report of a folder; null when there is none that can be read.</summary>
    public static RunReport? Read(string folder)
    {
        try
        {
            return ReportJson.ReadRun(File.ReadAllText(Path.Combine(folder, "results.json"))) is var report && IsWhole(report) ? report : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What a file does not hold is absent, not empty.</summary>
    public static bool IsWhole(RunReport report) => !report.Kernels.IsDefault && report.Kernels.All(kernel => kernel.Name is not null
        && !kernel.Controls.IsDefault && !kernel.Results.IsDefault && kernel.Results.All(test => test.Id is not null));

    /// <summary>The folder to which the newest report is moved when another takes its place.</summary>
    public string PlaceOf(RunReport? newest)
    {
        var started = newest?.Started ?? new DateTimeOffset(Directory.GetLastWriteTimeUtc(_folder), TimeSpan.Zero);
        var name = string.Create(CultureInfo.InvariantCulture, $"{started.UtcDateTime:yyyy-MM-dd'T'HHmmss'Z'}-{Kind}-{newest?.Verdict.Name() ?? "unreadable"}");
        var place = Path.Combine(Place, name);
        for (var copy = 2; Path.Exists(place); copy++)
            place = Path.Combine(Place, $"{name}-{copy}");
        return place;
    }

    /// <summary>How a page in the folder of the newest report names a kept one.</summary>
    internal static string LinkTo(string kept) => $"../{FolderName}/{Path.GetFileName(kept)}";

    /// <summary>Once a report was moved to its place: its links to other kept reports lead on from there, and the oldest of the kind go.</summary>
    internal void Settle(string kept)
    {
        foreach (var page in (string[])["index.html", "report.md"])
        {
            var path = Path.Combine(kept, page);
            if (File.Exists(path) && File.ReadAllText(path) is var text && text.Contains($"../{FolderName}/", StringComparison.Ordinal))
                File.WriteAllText(path, text.Replace($"../{FolderName}/", "../", StringComparison.Ordinal));
        }

        foreach (var old in Folders.Skip(Limit))
            Directory.Delete(old, recursive: true);
    }

    /// <summary>START has no dash after its <c>Z</c> but the one before the kind, and a verdict may hold dashes.</summary>
    private bool IsOfKind(string path)
    {
        var name = Path.GetFileName(path);
        var end = name.IndexOf("Z-", StringComparison.Ordinal);
        return end > 0 && name[(end + 2)..].StartsWith(Kind + "-", StringComparison.Ordinal);
    }
}
