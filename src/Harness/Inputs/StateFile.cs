using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Faultline.Machine;

namespace Faultline.Harness.Inputs;

/// <summary>
/// What is known of the results next to it, as JSON. It is removed before the first of them changes and written after the last,
/// so its presence means that they belong together.
/// </summary>
/// <param name="path">Where it is.</param>
/// <param name="type">How it is written.</param>
internal sealed class StateFile<T>(string path, JsonTypeInfo<T> type) where T : class
{
    /// <summary>What is kept; null when nothing is, or nothing that this version reads: the results are then made again.</summary>
    public T? Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), type) : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    public void Write(T state) => WholeFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(state, type));

    public void Remove()
    {
        if (File.Exists(path))
            File.Delete(path);
    }
}
