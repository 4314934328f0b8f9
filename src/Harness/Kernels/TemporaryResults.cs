using System.Globalization;

namespace Faultline.Harness.Kernels;

/// <summary>
/// A folder beside the results (so that a move is a rename) that is gone at the end. A process that is killed leaves its folder behind; the
/// next one for the same kernel sees by the process id in the name that nobody is at work in it.
/// </summary>
internal sealed class TemporaryResults : IDisposable
{
    private const string Prefix = ".partial-";
    private readonly string _path;

    public TemporaryResults(RepositoryLayout layout, string kernel)
    {
        var folder = layout.KernelFolder(kernel);
        Directory.CreateDirectory(folder);
        foreach (var left in Directory.EnumerateDirectories(folder, Prefix + "*").Where(IsAbandoned))
            Directory.Delete(left, recursive: true);
        _path = Path.Combine(folder, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
        Directory.CreateDirectory(_path);
    }

    public string Of(string name) => Path.Combine(_path, name);

    public void Dispose()
    {
        Directory.Delete(_path, recursive: true);
        var folder = Path.GetDirectoryName(_path)!;
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    private static bool IsAbandoned(string path)
    {
        var owner = Path.GetFileName(path)[Prefix.Length..].Split('-')[0];
        return !int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) || !Directory.Exists($"/proc/{pid}");
    }
}
