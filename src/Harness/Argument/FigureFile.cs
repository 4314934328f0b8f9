using System.IO.Compression;
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
        .Select(Read).FirstOrDefault(found => found is not null);

    /// <returns>The report of a file, and the file; null where it has no figures of the feature, or cannot be read.</returns>
    public static (string Path, BenchReport Report)? Read(string file)
    {
        try
        {
            return File.Exists(file) && BenchReport.Parse(Text(file)) is { Feature: not null } report ? (file, report) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // One of an older or newer Faultline: as good as none.
            return null;
        }
    }

    /// <summary>The content; unpacked where the name ends so.</summary>
    private static string Text(string file)
    {
        using var stream = File.OpenRead(file);
        using var unpacked = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : null;
        using var reader = new StreamReader(unpacked ?? (Stream)stream);
        return reader.ReadToEnd();
    }
}
