using System.Text.Json;
using System.Text.Json.Serialization;
using Faultline.Harness.Progress;
using Faultline.Harness.Results;

namespace Faultline.Cli.Terminal;

/// <summary>Progress for machines: one JSON object a line, <c>{"event":"PhaseFinished","kernel":"base","phase":"build",…}</c>.</summary>
internal sealed class JsonProgress(TextWriter writer) : IProgress<HarnessEvent>
{
    private static readonly JsonProgressContext Context = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Converters =
        {
            new JsonStringEnumConverter<Phase>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<PhaseOutcome>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<TestOutcome>(JsonNamingPolicy.CamelCase),
        },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    private readonly Lock _gate = new();

    public void Report(HarnessEvent value)
    {
        var node = JsonSerializer.SerializeToNode(value, value.GetType(), Context)!.AsObject();
        node.Insert(0, "event", value.GetType().Name);
        Write(node.ToJsonString(Context.Options));
    }

    /// <summary>Tells that the command waits for another one, before any phase.</summary>
    public void Wait(string reason) => Write(JsonSerializer.Serialize(new Waiting(nameof(Waiting), reason), Context.Waiting));

    private void Write(string line)
    {
        lock (_gate)
            writer.WriteLine(line);
    }
}
