using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Sources;

/// <summary>The state of a user's kernel tree, as a hash that changes when a file that matters does.</summary>
public static class TreeFingerprint
{
    /// <summary>What identifies a source, and words for people; a package is identified by its name, its version by what was unpacked.</summary>
    public static Task<(string Key, string Description)> OfAsync(KernelSource source, CancellationToken cancellation) => source is KernelSource.Tree tree
        ? OfAsync(tree.Folder, cancellation)
        : Task.FromResult((source.ToString()!, source.ToString()!));

    /// <summary>
    /// In a git worktree: HEAD, the difference to it, and the untracked files that are not ignored, by time and size. Elsewhere: path, time and
    /// size of every file.
    /// </summary>
    /// <returns>The hash, and words for people: <c>v6.1-rc3-12-gabc with changes</c>.</returns>
    public static async Task<(string Key, string Description)> OfAsync(string folder, CancellationToken cancellation)
    {
        if (await GitAsync(folder, ["rev-parse", "HEAD"], cancellation).ConfigureAwait(false) is not { } head)
            return (FromFiles(folder), $"tree {folder}");
        var difference = await GitAsync(folder, ["diff", "HEAD", "--binary"], cancellation).ConfigureAwait(false) ?? "";
        var untracked = await GitAsync(folder, ["ls-files", "--others", "--exclude-standard"], cancellation).ConfigureAwait(false) ?? "";
        var key = InputHash.Of(hash =>
        {
            hash.Add("head", head.Trim());
            hash.Add("difference", difference);
            foreach (var file in untracked.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                AddStamp(hash, folder, Path.Combine(folder, file));
        });
        var name = await GitAsync(folder, ["describe", "--always", "--tags"], cancellation).ConfigureAwait(false) ?? head[..12];
        return (key, name.Trim() + (difference.Length > 0 || untracked.Length > 0 ? " with changes" : ""));
    }

    private static string FromFiles(string folder) => InputHash.Of(hash =>
    {
        foreach (var file in TarArchive.FilesOf(folder))
            AddStamp(hash, folder, file);
    });

    private static void AddStamp(InputHash hash, string folder, string file)
    {
        var info = new FileInfo(file);
        if (info.Exists)
            hash.Add(Path.GetRelativePath(folder, file), string.Create(CultureInfo.InvariantCulture, $"{info.LastWriteTimeUtc.Ticks} {info.Length}"));
    }

    private static async Task<string?> GitAsync(string folder, string[] arguments, CancellationToken cancellation)
    {
        try
        {
            // safe.directory: the tree may belong to another user, and only its state is read.
            var result = await Cli.Wrap("git")
                .WithArguments(["-c", "safe.directory=*", "-C", folder, .. arguments])
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellation).ConfigureAwait(false);
            return result.ExitCode == 0 ? result.StandardOutput : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
