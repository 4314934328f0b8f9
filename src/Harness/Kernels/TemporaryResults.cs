using System.Globalization;
using Faultline.Harness.Identity;

namespace Faultline.Harness.Kernels;

/// <summary>
/// A folder beside the results (so that a move is a rename) that is gone at the end. A process that is killed leaves its folder behind; the
/// next build, of whatever kernel, sees by the process id in the name that nobody is at work in it.
/// </summary>
internal sealed class TemporaryResults : IDisposable
{
    private const string Prefix = ".partial-";
    private readonly string _path;

    public TemporaryResults(Checkout checkout, KernelId kernel)
    {
        var folder = checkout.KernelFolder(kernel.Name);
        _path = Path.Combine(folder, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
        Directory.CreateDirectory(_path);
    }

    /// <summary>Removes what killed processes left, of every kernel.</summary>
    public static void RemoveAbandoned(Checkout checkout)
    {
        if (!Directory.Exists(checkout.Kernels))
            return;
        foreach (var folder in Directory.GetDirectories(checkout.Kernels))
        {
            foreach (var left in Directory.GetDirectories(folder, Prefix + "*").Where(IsAbandoned))
                Directory.Delete(left, recursive: true);
            RemoveEmpty(folder);
        }
    }

    public string Of(string name) => Path.Combine(_path, name);

    public void Dispose()
    {
        Directory.Delete(_path, recursive: true);
        RemoveEmpty(Path.GetDirectoryName(_path)!);
    }

    private static void RemoveEmpty(string folder)
    {
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    private static bool IsAbandoned(string path)
    {
        var owner = Path.GetFileName(path)[Prefix.Length..].Split('-')[0];
        return !int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) || !Directory.Exists($"/proc/{pid}");
    }
}
