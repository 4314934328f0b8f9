using System.Text.Json;
using Faultline.Harness.Bench;

namespace Faultline.Harness.Argument;

/// <summary>Finds the latest figures of the feature among what <c>faultline bench</c> kept.</summary>
internal static class FigureFile
{
    /// <param name="folder">The folder of all benchmarks.</param>
    /// <returns>The newest report that has figures of the feature, and its file; null where there is none that can be read.</returns>
    public static (string Path, BenchReport Report)? Newest(string folder) => !Directory.Exists(folder) ? null : Directory
        .EnumerateFiles(folder, "*.json").OrderByDescending(Path.GetFileName, StringComparer.Ordinal)
        .Select(file => (Path: file, Report: Read(file)))
        .Where(found => found.Report?.Feature is not null)
        .Select(found => ((string, BenchReport)?)(found.Path, found.Report!)).FirstOrDefault();

    private static BenchReport? Read(string file)
    {
        try
        {
            return BenchReport.Parse(File.ReadAllText(file));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // One of an older or newer Faultline: as good as none.
            return null;
        }
    }
}
