namespace Faultline.Harness.Judging;

/// <summary>A promise of the variant that the control breaks, as it must.</summary>
/// <param name="Observation">What the control did instead, in one line.</param>
internal sealed record ExpectedFailure(string Id, string? Row, string Observation);
