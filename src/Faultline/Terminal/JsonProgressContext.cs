using System.Text.Json.Serialization;
using Faultline.Harness.Guest;
using Faultline.Harness.Progress;

namespace Faultline.Cli.Terminal;

/// <summary>Every event that there is: what is missing here fails at its first report.</summary>
[JsonSerializable(typeof(PhaseStarted))]
[JsonSerializable(typeof(PhaseOutput))]
[JsonSerializable(typeof(PhaseFinished))]
[JsonSerializable(typeof(TestReported))]
[JsonSerializable(typeof(Waiting))]
internal sealed partial class JsonProgressContext : JsonSerializerContext;
