namespace Faultline.Harness.Report;

/// <summary>What a user names is not a report that this version reads.</summary>
internal sealed class ReportUnreadableException(string message, Exception? inner = null) : FaultlineException(kind: null, message, inner);
