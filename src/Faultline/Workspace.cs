using Faultline.Harness;
using Faultline.Harness.Kernels;

namespace Faultline.Cli;

/// <summary>A Faultline checkout: where the series, the images, the suite and the artifacts are.</summary>
internal sealed record Workspace(string Root)
{
    public string LinuxPatch => Path.Combine(Root, "linux-patch");

    public RepositoryLayout Layout => new(Root);

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string Report => Path.Combine(Artifacts, "report");

    /// <summary>The checkout that holds the current directory, else the one this program was published into.</summary>
    /// <exception cref="UsageException">Neither is inside a checkout.</exception>
    public static Workspace Find(string? asked) => FindOrNull(asked)
        ?? throw new UsageException(
            $"'{Environment.CurrentDirectory}' is not inside a Faultline checkout, which this command needs; change into one or name it with --root DIR.");

    /// <summary>The same; null where there is none, for commands that can do without.</summary>
    /// <exception cref="UsageException">The folder asked for is not inside a checkout.</exception>
    public static Workspace? FindOrNull(string? asked)
    {
        string[] starts = asked is not null ? [asked] : [Environment.CurrentDirectory, AppContext.BaseDirectory];
        foreach (var start in starts)
        {
            for (var folder = new DirectoryInfo(Path.GetFullPath(start)); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Faultline.slnx")))
                    return new Workspace(folder.FullName);
            }
        }

        return asked is null ? null : throw new UsageException($"'{asked}' is not inside a Faultline checkout: no Faultline.slnx there or above.");
    }
}

/// <summary>The command line asks for something that cannot be: exit code 2.</summary>
internal sealed class UsageException(string message) : FaultlineException(kind: null, message);
