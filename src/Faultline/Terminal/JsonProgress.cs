using System.Text.Json;
using System.Text.Json.Serialization;
using Faultline.Harness.Progress;

namespace Faultline.Cli.Terminal;

/// <summary>Progress for machines: one JSON object a line, <c>{"event":"PhaseFinished","kernel":"base","phase":"build",…}</c>.</summary>
internal sealed class JsonProgress(TextWriter writer) : IProgress<HarnessEvent>
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Lock _gate = new();

    public void Report(HarnessEvent value)
    {
        var node = JsonSerializer.SerializeToNode(value, value.GetType(), Options)!.AsObject();
        node.Insert(0, "event", value.GetType().Name);
        lock (_gate)
            writer.WriteLine(node.ToJsonString(Options));
    }
}
