using System.Globalization;

namespace Faultline.Harness.Programs;

/// <summary>Exit statuses as the kernel's selftests use them, and in words.</summary>
internal static class ProgramStatus
{
    public const int Pass = 0;
    public const int Fail = 1;
    public const int Skip = 4;

    private const int SignalBase = 128;

    /// <summary>What a status says, for a message.</summary>
    public static string Of(int status) => status > SignalBase
        ? string.Create(CultureInfo.InvariantCulture, $"signal {status - SignalBase}")
        : string.Create(CultureInfo.InvariantCulture, $"exit status {status}");
}
