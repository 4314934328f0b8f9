using System.Text.Json;

namespace Faultline.Harness.Report;

/// <summary>Finds reports again: those that a checkout holds, or one that is named.</summary>
internal static class ReportArchive
{
    private const string ResultsName = "results.json";

    /// <summary>Every report of a checkout that can be read, by its folder; the newest run first.</summary>
    public static IReadOnlyList<(string Folder, RunReport Report)> Of(Checkout checkout)
    {
        var kept = KeptReports.In(checkout.Artifacts);
        IEnumerable<string> folders =
        [
            checkout.Report, checkout.ReportOfTest, checkout.ReportOfRunning,
            .. Directory.Exists(kept) ? Directory.GetDirectories(kept) : [],
        ];
        return [.. from folder in folders let report = KeptReports.Read(folder) where report is not null
                   orderby report.Started descending select (folder, report)];
    }

    /// <summary>A report by its folder or its <c>results.json</c>.</summary>
    /// <exception cref="ReportUnreadableException">It is not there, or is not a report.</exception>
    public static (string Folder, RunReport Report) Named(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, ResultsName) : path;
        if (!File.Exists(file))
            throw new ReportUnreadableException($"{path} is not a report: give the folder that a run wrote, or its {ResultsName}.");
        try
        {
            var report = ReportJson.ReadRun(File.ReadAllText(file));
            if (!KeptReports.IsWhole(report))
                throw new ReportUnreadableException($"{file} is not a report: its kernels or their results are missing.");
            return (Path.GetDirectoryName(Path.GetFullPath(file))!, report);
        }
        catch (JsonException e)
        {
            throw new ReportUnreadableException($"{file} cannot be read as a report of this version of Faultline: {e.Message}", e);
        }
    }
}
