namespace Faultline.AbiTests.Watching;

/// <summary>Names events as the expectations do.</summary>
internal static class EventName
{
    /// <summary>"none", "wp|write", "missing", "missing|write", "minor", "fork", "remap", "remove", "unmap".</summary>
    internal static string Of(UserfaultfdEvent? e) => e switch
    {
        null => "none",
        PageFaultEvent fault => Kind(fault) + (fault.IsWrite ? "|write" : ""),
        ForkEvent => "fork",
        RemapEvent => "remap",
        RemoveEvent => "remove",
        UnmapEvent => "unmap",
        UnknownEvent unknown => $"unknown 0x{unknown.Number:x}",
        _ => throw new ArgumentOutOfRangeException(nameof(e)),
    };

    private static string Kind(PageFaultEvent fault) => fault.IsWriteProtect ? "wp" : fault.IsMinor ? "minor" : "missing";
}
