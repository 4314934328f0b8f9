namespace Faultline.Harness.Kconfig;

/// <summary>A requested option that the configuration does not have.</summary>
/// <param name="Request">What was asked, and where.</param>
/// <param name="Actual">What came of it: <c>n</c>, <c>m</c>, a number…</param>
/// <param name="Reasons">Why, most specific first; never empty.</param>
internal sealed record DroppedOption(KconfigRequest Request, string Actual, IReadOnlyList<string> Reasons);
