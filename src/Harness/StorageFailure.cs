namespace Faultline.Harness;

/// <summary>Tells a disk that takes no more, or a folder that may not be written, from every other reason for an I/O error.</summary>
internal static class StorageFailure
{
    private const int NoSpace = 28, ReadOnly = 30, OverQuota = 122;

    /// <summary>.NET reserves room for a file before it writes it; where there is too little it gives these words and no number.</summary>
    private const string NothingReserved = "because the disk was full";

    /// <summary>What to do about it, or null when <paramref name="e"/> is something else.</summary>
    public static string? Advice(Exception e) => e switch
    {
        IOException when e.HResult is NoSpace or OverQuota || e.Message.Contains(NothingReserved, StringComparison.Ordinal) =>
            "Free some space (faultline prune removes volumes and images; artifacts/ can be deleted at any time), then run again.",
        IOException { HResult: ReadOnly } => "Its file system is mounted read-only; make it writable, or work in another checkout (--root DIR).",
        UnauthorizedAccessException => "Make it writable for the user who runs faultline, or work in another checkout (--root DIR).",
        _ => null,
    };
}
