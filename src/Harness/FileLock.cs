namespace Faultline.Harness;

/// <summary>
/// A lock between processes of one machine: flock(2) on a file, which the kernel lifts however its holder ends. The file stays, unless its
/// holder removes it with <see cref="Remove"/>: anything else would let two holders lock two files of one name.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int WouldBlock = 11;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or returns null when another holder keeps it from that.</summary>
    /// <param name="path">Made, with its folder, where it does not exist.</param>
    /// <param name="shared">Any number of shared holders go together, and none with an exclusive one.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made or opened.</exception>
    public static FileLock? TryTake(string path, bool shared = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        while (true)
        {
            FileStream file;
            try
            {
                // On Linux, FileShare.None asks for an exclusive flock and anything else for a shared one.
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, shared ? FileShare.ReadWrite : FileShare.None);
            }
            catch (IOException e) when (e.HResult == WouldBlock)
            {
                return null;
            }

            if (!IsRemoved(file))
                return new FileLock(file);
            file.Dispose();
        }
    }

    /// <summary>Takes the lock, however long that takes.</summary>
    /// <param name="path">As for <see cref="TryTake"/>.</param>
    /// <param name="onWait">Called once when it is not free at once.</param>
    /// <param name="shared">As for <see cref="TryTake"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<FileLock> TakeAsync(string path, Action? onWait = null, bool shared = false, CancellationToken cancellation = default)
    {
        for (var waited = false; ; waited = true)
        {
            if (TryTake(path, shared) is { } taken)
                return taken;
            if (!waited)
                onWait?.Invoke();
            await Task.Delay(LookAgain, cancellation);
        }
    }

    /// <summary>Lifts an exclusive lock and removes its file.</summary>
    public void Remove()
    {
        File.Delete(_file.Name);
        Dispose();
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The last holder may remove the file after it was opened here and before it was locked; the lock is then nobody else's.</summary>
    private static bool IsRemoved(FileStream file) =>
        new FileInfo($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}").LinkTarget?.EndsWith(" (deleted)", StringComparison.Ordinal) == true;
}
