using Faultline.Harness.Docker;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>The files that a guest's container leaves: logs, which stay, and what is read once.</summary>
internal sealed class GuestFiles(string folder, string run)
{
    /// <summary>More than any init has to say; a kernel that went mad can say more.</summary>
    private const int LongestInit = 4 << 20;

    public Dictionary<string, string> Logs { get; } = GuestLogs.In(folder, run);

    public string Qemu { get; } = Path.Combine(folder, $"{run}.qemu.log");

    public string Ending { get; } = Path.Combine(folder, $".{run}.ending");

    public string Registers { get; } = Path.Combine(folder, $".{run}.registers");

    private string Init { get; } = Path.Combine(folder, $".{run}.init");

    public IReadOnlyList<ContainerOutput> Outputs =>
    [
        new ContainerOutput("/output/ending", Ending),
        new ContainerOutput("/output/init.jsonl", Init, Optional: true),
        new ContainerOutput("/output/registers.log", Registers, Optional: true),
        new ContainerOutput("/output/payload.log", Logs["payload"], Optional: true),
        new ContainerOutput("/output/qemu.log", Qemu, Optional: true),
    ];

    public void DeleteOld()
    {
        foreach (var path in Logs.Values)
            File.Delete(path);
        DeleteTemporary(keepQemu: false);
    }

    public void DeleteTemporary(bool keepQemu)
    {
        foreach (var path in (string[])[Ending, Registers, Init, .. keepQemu ? Array.Empty<string>() : [Qemu]])
            File.Delete(path);
    }

    /// <summary>What init said on its port, appended to the stream that is kept, on lines of its own.</summary>
    public IReadOnlyList<GuestEvent> AppendInit(BoundedLog events)
    {
        if (!File.Exists(Init))
            return [];
        using var file = File.OpenRead(Init);
        var said = new byte[(int)Math.Min(file.Length, LongestInit)];
        file.ReadExactly(said);
        events.Write("\n"u8);
        events.Write(said);
        return EventStreamReader.ReadAll(said);
    }

    public static string Text(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
