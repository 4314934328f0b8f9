using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Faultline.Harness.Inputs;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>A suite that stands ready in its guest until it is told what to run: a snapshot of the guest serves many runs.</summary>
/// <param name="Snapshot">The snapshot's name: that of everything the guest is made of when it stands ready.</param>
/// <param name="Orders">What the suite is told, a line.</param>
/// <param name="Start">Whether the guest may begin with the snapshot, where there is one.</param>
internal sealed record StandingSuite(string Snapshot, string Orders, GuestStart Start)
{
    /// <summary>The program's arguments in the guest: it is told the rest when it stands ready.</summary>
    public static IReadOnlyList<string> Arguments { get; } = ["--orders", "/dev/virtio-ports/org.faultline.orders"];

    private const int EntropyBytes = 64, KeyLength = 24;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Whether a suite can stand ready: a program of the harness's own, for which snapshots were tried. In KVM they were not, and a boot
    /// takes a second there.
    /// </summary>
    public static bool Is(string payload, Accelerator accelerator) => accelerator.Used == AcceleratorKind.Tcg
        && File.Exists(PublishedPayload.ProgramIn(payload)) && !File.Exists(Path.Combine(payload, PayloadFolder.OtherProgram));

    /// <summary>The name of the snapshot. What the suite is told later is not part of it, and runner and init name the volume.</summary>
    public static string NameOf(string bzImage, string? modules, string payload, IReadOnlyList<string> kernelArguments) => new Stamp(
        Input.OfFile("kernel", bzImage), Input.OfFile("suite", PublishedPayload.ProgramIn(payload)),
        modules is null ? Input.Of("modules", "") : Input.OfFolder("modules", modules),
        Input.Of("machine", $"{GuestDefaults.MemoryMiB}/{GuestDefaults.Processors}"),
        Input.Of("kernel arguments", string.Join(' ', kernelArguments))).Key[..KeyLength];

    /// <param name="payload">The published suite; its model goes with the orders.</param>
    /// <param name="profileJson">Content of <c>profile.json</c>.</param>
    /// <param name="arguments">The suite's, without its profile.</param>
    public static string OrdersOf(string payload, string profileJson, IEnumerable<string> arguments)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, Plain))
        {
            json.WriteStartObject();
            json.WriteBase64String("entropy", RandomNumberGenerator.GetBytes(EntropyBytes));
            json.WriteNumber("seconds", DateTimeOffset.UtcNow.ToUnixTimeSeconds());
            json.WriteString("profile", profileJson);
            var abi = Path.Combine(payload, PublishedPayload.AbiFile);
            if (File.Exists(abi))
                json.WriteString("abi", File.ReadAllText(abi).Trim());
            json.WriteStartArray("arguments");
            foreach (var argument in arguments)
                json.WriteStringValue(argument);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan) + "\n";
    }
}
