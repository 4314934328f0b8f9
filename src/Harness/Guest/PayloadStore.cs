namespace Faultline.Harness.Guest;

/// <summary>The published suites of one checkout: a folder for each key, and for each kernel a stamp of what its last suite was made from.</summary>
/// <param name="folder"><c>artifacts/payload</c>.</param>
internal sealed class PayloadStore(string folder)
{
    private const string KeyLine = "key";

    /// <summary>Objects that all publications share.</summary>
    public string BuildFolder => Path.Combine(folder, ".build");

    /// <summary>Held shared by whoever uses a suite, exclusively by whoever removes some.</summary>
    public string UseLock => Path.Combine(folder, ".in-use.lock");

    /// <summary>Held by whoever compiles: the objects are shared.</summary>
    public string BuildLock => Path.Combine(folder, ".build.lock");

    public string FolderOf(string key) => Path.Combine(folder, key[..12]);

    public IReadOnlyDictionary<string, string> ReadStamp(string kernel) => Read(StampOf(kernel));

    public void WriteStamp(string kernel, string key, IEnumerable<(string Name, string Value)> inputs)
    {
        var text = string.Concat(inputs.Append((KeyLine, key)).Select(input => $"{input.Item1}={input.Item2}\n"));
        var path = StampOf(kernel);
        if (File.Exists(path) && File.ReadAllText(path) == text)
            return;
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Removes the suites that no run of the present sources can use again. Does nothing while anybody uses one.</summary>
    /// <param name="sources">The present inputs that all kernels share.</param>
    /// <returns>The folders that are gone.</returns>
    public IReadOnlyList<string> RemoveUnused(IReadOnlyCollection<(string Name, string Value)> sources)
    {
        using var alone = FileLock.TryTake(UseLock);
        if (alone is null)
            return [];
        var used = Directory.EnumerateFiles(folder, "*.key").Select(Read)
            .Where(stamp => stamp.ContainsKey(KeyLine) && sources.All(input => stamp.GetValueOrDefault(input.Name) == input.Value))
            .Select(stamp => FolderOf(stamp[KeyLine])).ToHashSet(StringComparer.Ordinal);
        List<string> unused = [.. Directory.EnumerateDirectories(folder).Where(suite => suite != BuildFolder && !used.Contains(suite))];
        foreach (var suite in unused)
            Directory.Delete(suite, recursive: true);
        return unused;
    }

    private string StampOf(string kernel) => Path.Combine(folder, kernel + ".key");

    private static Dictionary<string, string> Read(string stamp) => !File.Exists(stamp)
        ? []
        : File.ReadAllLines(stamp).Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last()[1], StringComparer.Ordinal);
}
