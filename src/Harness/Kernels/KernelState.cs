using System.Text.Json;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Kernels;

/// <summary>The inputs of a kernel, each as a hash.</summary>
/// <param name="Tools">The images and the steps that run in them.</param>
/// <param name="Source">The source: what selects it, for a user's tree its content.</param>
/// <param name="Series">The patches.</param>
/// <param name="Config">Target, fragments and tag.</param>
internal sealed record KernelKeys(string Tools, string Source, string Series, string Config)
{
    /// <summary>The names of the inputs that differ from <paramref name="other"/>.</summary>
    public IReadOnlyList<string> Differences(KernelKeys other) =>
    [
        .. Pairs().Zip(other.Pairs()).Where(p => p.First.Value != p.Second.Value).Select(p => p.First.Name),
    ];

    private IEnumerable<(string Name, string Value)> Pairs() =>
        [("build tools", Tools), ("source", Source), ("series", Series), ("config", Config)];
}

/// <summary>
/// <c>artifacts/kernels/ID/state.json</c>: from which inputs the files beside it were made. It is removed before the first of them changes
/// and written after the last, so its presence means that they belong together.
/// </summary>
/// <param name="Keys">The inputs.</param>
/// <param name="SourceVersion">The exact source.</param>
/// <param name="Release">The kernel's release.</param>
/// <param name="Files">The hash of every result, of a folder over all that is in it.</param>
internal sealed record KernelState(KernelKeys Keys, string SourceVersion, string Release, IReadOnlyDictionary<string, string> Files)
{
    private const string FileName = "state.json";
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>
    /// The state of a folder; null when there is none, when it cannot be read, or when a result is missing or not
    /// what was written.
    /// </summary>
    public static KernelState? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            var state = JsonSerializer.Deserialize<KernelState>(File.ReadAllBytes(path), Format);
            return state is { Keys: not null, Files: not null, Release: not null }
                && state.Files.All(f => HashOf(Path.Combine(folder, f.Key)) == f.Value)
                ? state
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>The hashes of those of the named results that are there.</summary>
    public static IReadOnlyDictionary<string, string> HashesOf(string folder, IEnumerable<string> names) => names
        .Select(name => (Name: name, Hash: HashOf(Path.Combine(folder, name)))).Where(result => result.Hash is not null)
        .ToDictionary(result => result.Name, result => result.Hash!);

    public static void Remove(string folder) => File.Delete(Path.Combine(folder, FileName));

    public void Write(string folder)
    {
        var path = Path.Combine(folder, FileName);
        File.WriteAllBytes(path + ".partial", JsonSerializer.SerializeToUtf8Bytes(this, Format));
        File.Move(path + ".partial", path, overwrite: true);
    }

    private static string? HashOf(string path)
    {
        if (Directory.Exists(path))
            return InputHash.Of(hash => hash.AddFolder(path));
        return File.Exists(path) ? InputHash.Of(hash => hash.AddFile("result", path)) : null;
    }
}
