using System.Runtime.ExceptionServices;
using System.Text.Json.Serialization;
using Faultline.Harness.Inputs;

namespace Faultline.Harness.Kernels;

/// <summary><c>artifacts/kernels/ID/state.json</c>: what the files beside it were made from.</summary>
/// <param name="Inputs">See <see cref="KernelInputs"/>.</param>
/// <param name="SourceVersion">The exact source.</param>
/// <param name="Release">The kernel's release.</param>
/// <param name="Files">The hash of every result, of a folder over all that is in it.</param>
/// <param name="Subjects">See <see cref="BuiltKernel.Subjects"/>; null in a file of an earlier version.</param>
internal sealed record KernelState(
    Stamp Inputs, string SourceVersion, string Release, IReadOnlyDictionary<string, string> Files, IReadOnlyList<string?>? Subjects = null)
{
    /// <summary>
    /// The state of a folder; null when there is none, when it cannot be read, or when a result is missing or not
    /// what was written.
    /// </summary>
    public static KernelState? Read(string folder) =>
        In(folder).Read() is { Inputs: not null, Files: not null, Release: not null } state && state.IsTrueOf(folder) ? state : null;

    /// <summary>What the last build was made from, whatever became of its results; null when nothing is known of one.</summary>
    public static Stamp? InputsOf(string folder) => In(folder).Read()?.Inputs;

    /// <summary>The hashes of those of the named results that are there.</summary>
    public static IReadOnlyDictionary<string, string> HashesOf(string folder, IEnumerable<string> names) => names
        .Select(name => (Name: name, Hash: HashOf(Path.Combine(folder, name)))).Where(result => result.Hash is not null)
        .ToDictionary(result => result.Name, result => result.Hash!);

    public static void Remove(string folder) => In(folder).Remove();

    public void Write(string folder) => In(folder).Write(this);

    private bool IsTrueOf(string folder)
    {
        try
        {
            return Files.AsParallel().All(file => HashOf(Path.Combine(folder, file.Key)) == file.Value);
        }
        catch (AggregateException e)
        {
            // What a single file's reader would have thrown.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            throw;
        }
    }

    private static StateFile<KernelState> In(string folder) =>
        new(Path.Combine(folder, "state.json"), KernelStateContext.Default.KernelState);

    private static string? HashOf(string path)
    {
        if (Directory.Exists(path))
            return InputHash.Of(hash => hash.AddFolder(path));
        return File.Exists(path) ? InputHash.Of(hash => hash.AddFile("result", path)) : null;
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KernelState))]
internal sealed partial class KernelStateContext : JsonSerializerContext;
