using System.Text.Json;
using System.Text.Json.Serialization;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>
/// What is kept of a run beside its logs. The evidence itself is the logs: a cached run is judged anew, so a change of the rules needs no
/// new boot.
/// </summary>
internal sealed record RunState
{
    /// <summary>Input name to hash.</summary>
    public required SortedDictionary<string, string> Inputs { get; init; }

    public required GuestEnding Ending { get; init; }

    public string? Detail { get; init; }

    /// <summary>How busy the machine was; null when nobody looked.</summary>
    public HostLoad? Host { get; init; }

    public string? EarlierCrash { get; init; }

    /// <summary>Bytes of the kernel log that were not kept.</summary>
    public long LeftOut { get; init; }

    public required AcceleratorUse Accelerator { get; init; }

    public required PhaseSummary[] Phases { get; init; }

    public double? FirstTestSeconds { get; init; }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunState))]
internal sealed partial class RunStateContext : JsonSerializerContext;

/// <summary>The folder of one run: logs, and the state that says what they were made from.</summary>
/// <param name="folder">Holds <c>state.json</c> only while the logs beside it are whole.</param>
internal sealed class RunCache(string folder)
{
    private string StatePath => Path.Combine(folder, "state.json");

    public RunState? Read()
    {
        try
        {
            return File.Exists(StatePath) ? JsonSerializer.Deserialize(File.ReadAllBytes(StatePath), RunStateContext.Default.RunState) : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>Called before the first log changes.</summary>
    public void Forget()
    {
        Directory.CreateDirectory(folder);
        File.Delete(StatePath);
    }

    public void Write(RunState state)
    {
        File.WriteAllBytes(StatePath + ".partial", JsonSerializer.SerializeToUtf8Bytes(state, RunStateContext.Default.RunState));
        File.Move(StatePath + ".partial", StatePath, overwrite: true);
    }

    /// <summary>Why an earlier run does not stand for this one; null when it does.</summary>
    public static string? Difference(RunState? earlier, SortedDictionary<string, string> inputs)
    {
        if (earlier is null)
            return "no complete run yet";
        var changed = inputs.Where(input => earlier.Inputs.GetValueOrDefault(input.Key) != input.Value).Select(input => input.Key).ToList();
        return changed.Count == 0 ? null : $"changed: {string.Join(", ", changed)}";
    }
}
