using System.Globalization;
using System.Runtime.InteropServices;

namespace Faultline.Cli;

/// <summary>Signals that whoever started this process wants ignored, and that must stay so: nohup(1) for SIGHUP, a shell's background job for SIGINT.</summary>
internal static class IgnoredSignals
{
    private static readonly ulong Mask = Read("/proc/self/status");

    public static bool Contains(PosixSignal signal) => (Mask >> (Number(signal) - 1) & 1) != 0;

    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGTERM => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "Its number is not known here."),
    };

    /// <summary>A line <c>SigIgn:</c> with a hexadecimal mask, see proc(5).</summary>
    private static ulong Read(string path)
    {
        const string line = "SigIgn:";
        return ulong.Parse(File.ReadLines(path).First(text => text.StartsWith(line, StringComparison.Ordinal))[line.Length..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
