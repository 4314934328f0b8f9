using System.CommandLine;
using Faultline.Harness.Report;

namespace Faultline.Cli.Commands;

/// <summary>Where a run's report goes when the user says so.</summary>
internal static class ReportPlace
{
    public static Option<string?> Option { get; } = new("--output", "-o")
    {
        Description = "folder of the report, instead of the one in artifacts; a report that is there is kept, in a folder 'reports' "
            + "next to it",
        HelpName = "DIR",
    };

    /// <summary>The folder, once it is sure that a report can be written there; null when the user leaves it to the command.</summary>
    /// <exception cref="UsageException">Something else is there, which a report must not take the place of.</exception>
    /// <exception cref="IOException">It cannot be written, which is better said before the run.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public static string? Read(ParseResult parsed)
    {
        if (parsed.GetValue(Option) is not { } asked)
            return null;
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(asked));
        if (File.Exists(folder))
            throw new UsageException($"--output {asked} is a file; give a folder.");
        if (Path.GetDirectoryName(folder) is not { } parent)
            throw new UsageException($"--output {asked} is the root of the file system; give a folder.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && KeptReports.Read(folder) is null)
        {
            throw new UsageException(
                $"--output {asked} holds something that is not a report of this version, and a report replaces its folder whole. "
                + "Give a folder that is empty or does not exist.");
        }

        // A report is written next to its folder and then moved there.
        var probe = Path.Combine(parent, $".{Path.GetFileName(folder)}.{Guid.NewGuid():N}");
        Directory.CreateDirectory(probe);
        Directory.Delete(probe);
        return folder;
    }
}
