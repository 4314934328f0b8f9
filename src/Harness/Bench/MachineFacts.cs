using System.Globalization;
using System.Runtime.InteropServices;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Bench;

/// <summary>What a run ran on, and its figures were taken on.</summary>
/// <param name="Cpu">The processor's model name.</param>
/// <param name="Cores">Processors the engine has, or without one this machine.</param>
/// <param name="MemoryMiB">Memory the engine has, or without one this machine.</param>
/// <param name="Kernel">Release of the machine's own kernel.</param>
/// <param name="System">The distribution.</param>
/// <param name="Engine">Version of the container engine; null when none was used.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="LoadBefore">Load average of the minute before: what else the machine was doing.</param>
internal sealed record MachineFacts(
    string Cpu, int Cores, long MemoryMiB, string Kernel, string System, string? Engine, string Runtime, double LoadBefore)
{
    /// <summary>What guests ran in, and why; null when none ran.</summary>
    public string? Accelerator { get; init; }

    /// <summary>Something else was at work, and the figures hold its work as well.</summary>
    public bool Busy => LoadBefore > 0.5 * Cores;

    public static MachineFacts Gather(EngineFacts? engine) => new(
        Field("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString(),
        engine?.Processors ?? Environment.ProcessorCount,
        (engine?.MemoryBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) >> 20,
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        Field("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? "Linux",
        engine?.Version,
        RuntimeInformation.FrameworkDescription,
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Machine: {Cpu}, {Cores} cores, {MemoryMiB / 1024.0:0.0} GiB, {System}, kernel {Kernel}, ")
        + $"engine {Engine ?? "not used"}, {Runtime}; "
        + string.Create(
            CultureInfo.InvariantCulture,
            $"guests: {Accelerator ?? "none"}; load before: {LoadBefore:0.00}{(Busy ? " (busy: figures taken so mean little)" : "")}");

    private static string? Field(string file, string name, char separator) => !File.Exists(file)
        ? null
        : File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(separator, 2)[^1].Trim();
}
