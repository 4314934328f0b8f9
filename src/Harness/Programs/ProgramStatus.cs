using System.Globalization;

namespace Faultline.Harness.Programs;

/// <summary>Exit statuses as the kernel's selftests use them, and in words.</summary>
internal static class ProgramStatus
{
    public const int Pass = 0;
    public const int Fail = 1;
    public const int Skip = 4;

    private const int SignalBase = 128;

    private static readonly Dictionary<int, string> Signals = new()
    {
        [4] = "SIGILL", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE", [9] = "SIGKILL", [11] = "SIGSEGV", [13] = "SIGPIPE",
        [14] = "SIGALRM", [15] = "SIGTERM", [31] = "SIGSYS",
    };

    public static bool IsSignal(int status) => status > SignalBase;

    /// <summary>What a status says, for a message.</summary>
    public static string Of(int status) => IsSignal(status)
        ? Signals.GetValueOrDefault(status - SignalBase) ?? string.Create(CultureInfo.InvariantCulture, $"signal {status - SignalBase}")
        : string.Create(CultureInfo.InvariantCulture, $"exit status {status}");
}
