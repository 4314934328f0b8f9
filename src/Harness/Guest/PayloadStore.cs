using Faultline.Harness.Inputs;

namespace Faultline.Harness.Guest;

/// <summary>The published suites of one checkout: a folder for each key, and for each kernel a stamp of what its last suite was made from.</summary>
/// <param name="folder"><c>artifacts/payload</c>.</param>
internal sealed class PayloadStore(string folder)
{
    private const string Extension = ".stamp";

    /// <summary>Objects that all publications share.</summary>
    public string BuildFolder => Path.Combine(folder, ".build");

    /// <summary>Held shared by whoever uses a suite, exclusively by whoever removes some.</summary>
    public string UseLock => Path.Combine(folder, ".in-use.lock");

    /// <summary>Held by whoever compiles: the objects are shared.</summary>
    public string BuildLock => Path.Combine(folder, ".build.lock");

    public string FolderOf(string key) => Path.Combine(folder, key[..12]);

    /// <summary>The suite as kernels of one ABI get it; made when it is first asked for.</summary>
    /// <param name="suite">The published suite.</param>
    /// <param name="model">One of its models.</param>
    public static string ForModel(string suite, string model)
    {
        var folder = Path.Combine(suite, model);
        if (Directory.Exists(folder))
            return folder;
        var partial = Directory.CreateDirectory(folder + ".partial-" + Guid.NewGuid().ToString("n")).FullName;
        foreach (var file in Directory.EnumerateFiles(suite))
            File.Copy(file, Path.Combine(partial, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(partial, PublishedPayload.AbiFile), model + "\n");
        try
        {
            Directory.Move(partial, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another run was faster.
            Directory.Delete(partial, recursive: true);
        }

        return folder;
    }

    /// <summary>What a kernel's last suite was made from, in <c>ID.stamp</c>.</summary>
    public StateFile<Stamp> StampOf(string kernel) => In(Path.Combine(folder, kernel + Extension));

    /// <summary>Removes the suites that no run of the present sources can use again. Does nothing while anybody uses one.</summary>
    /// <param name="sources">The present inputs that all kernels share.</param>
    /// <returns>The folders that are gone.</returns>
    public IReadOnlyList<string> RemoveUnused(Stamp sources)
    {
        using var held = FileLock.TryTake(UseLock);
        if (held is null)
            return [];
        var used = Directory.EnumerateFiles(folder, "*" + Extension).Select(path => In(path).Read()).OfType<Stamp>()
            .Where(sources.IsPartOf).Select(stamp => FolderOf(stamp.Key)).ToHashSet(StringComparer.Ordinal);
        List<string> unused = [.. Directory.EnumerateDirectories(folder).Where(suite => suite != BuildFolder && !used.Contains(suite))];
        foreach (var suite in unused)
            Directory.Delete(suite, recursive: true);
        return unused;
    }

    private static StateFile<Stamp> In(string path) => new(path, StampContext.Default.Stamp);
}
