namespace Faultline.Harness.Argument;

/// <summary>How much a finding matters, worst first.</summary>
internal enum Severity
{
    DataLoss,
    Hang,
    SpuriousEvents,
    Memory,
    Time,
    ApiDifference,
}
