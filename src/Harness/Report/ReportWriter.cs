using System.Collections.Immutable;
using System.Text;
using Faultline.Harness.Results;

namespace Faultline.Harness.Report;

/// <summary>Writes the report folder, all of it or nothing: a reader never sees half a report.</summary>
internal static class ReportWriter
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <param name="folder">Replaced whole; what it held before is kept, see <see cref="KeptReports"/>.</param>
    /// <returns>The report as written, with <see cref="KernelReport.Paths"/> and what is said of earlier runs filled in.</returns>
    public static RunReport Write(RunReport report, IReadOnlyList<RunLogs> logs, string folder)
    {
        folder = Path.GetFullPath(folder);
        var parent = Path.GetDirectoryName(folder)!;
        Directory.CreateDirectory(parent);
        // An empty folder holds nothing that would have to be kept.
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
        var staging = Path.Combine(parent, $".{Path.GetFileName(folder)}.{Guid.NewGuid():N}");
        var kept = new KeptReports(folder);
        var last = kept.Newest;
        var place = Directory.Exists(folder) ? kept.PlaceOf(last) : null;
        try
        {
            report = report with
            {
                Earlier = [.. kept.Folders.Prepend(place).OfType<string>().Take(KeptReports.Limit).Select(KeptReports.LinkTo)],
                ComparedWith = last is null || place is null ? null : KeptReports.LinkTo(place),
                Changes = last is null ? [] : RunComparison.ChangesOf(last, report),
            };
            report = report with { Kernels = [.. report.Kernels.Select(kernel => Kernel(kernel, report.Started, logs, staging))] };
            Save(staging, "results.json", ReportJson.Write(report));
            Save(staging, "report.md", MarkdownWriter.Write(report));
            Save(staging, "index.html", HtmlWriter.Write(report));
            Replace(folder, staging, place);
            if (place is not null)
                Settle(kept, place);
            return report;
        }
        catch (IOException e) when (StorageFailure.Advice(e) is not null)
        {
            // Copying a file that does not fit names none.
            throw new IOException($"the report cannot be written to {folder}: {e.Message}", e.HResult);
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }

    private static KernelReport Kernel(KernelReport kernel, DateTimeOffset started, IReadOnlyList<RunLogs> logs, string staging)
    {
        var name = FileName(kernel.Name);
        var paths = CopyLogs(kernel.Name, logs, staging)
            .SetItem("junit", Save(staging, $"junit/{name}.xml", JUnitWriter.Write(kernel, started)))
            .SetItem("ktap", Save(staging, $"ktap/{name}.ktap", KtapWriter.Write(kernel)));
        return kernel with
        {
            Paths = paths,
            Controls = [.. kernel.Controls.Select(control => control with { Paths = CopyLogs($"{kernel.Name}.control-{control.Variant}", logs, staging) })],
        };
    }

    private static ImmutableSortedDictionary<string, string> CopyLogs(string owner, IReadOnlyList<RunLogs> logs, string staging)
    {
        var paths = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, source) in logs.Where(log => log.Owner == owner).SelectMany(log => log.Files))
        {
            if (!File.Exists(source))
                continue;
            var path = $"logs/{FileName(owner)}.{FileName(key)}{(key.StartsWith("events", StringComparison.Ordinal) ? ".jsonl" : ".log")}";
            var target = Path.Combine(staging, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target, overwrite: true);
            paths[key] = path;
        }

        return paths.ToImmutable();
    }

    private static string Save(string folder, string path, string content)
    {
        var target = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllText(target, content, Utf8);
        return path;
    }

    /// <param name="place">Where the old report goes; null when there is none.</param>
    private static void Replace(string folder, string staging, string? place)
    {
        if (place is null)
        {
            Directory.Move(staging, folder);
            return;
        }

        // Linux has no portable exchange of two folders; the moment between the two renames is as short as it gets.
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Directory.Move(folder, place);
        try
        {
            Directory.Move(staging, folder);
        }
        catch
        {
            Directory.Move(place, folder);
            throw;
        }
    }

    private static void Settle(KeptReports kept, string place)
    {
        try
        {
            kept.Settle(place);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody took away the right to change an old report. The new one is in its place, and that is what counts.
        }
    }

    // A variant's name is that of its folder, which may hold anything.
    private static string FileName(string name)
    {
        var clean = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')).Trim('.');
        return clean.Length > 0 ? clean : "kernel";
    }
}
