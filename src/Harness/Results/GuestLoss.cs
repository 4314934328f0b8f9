namespace Faultline.Harness.Results;

/// <summary>A test that ended its guest, so that the run went on behind it in another one.</summary>
/// <param name="Guest">Which guest, from 1.</param>
/// <param name="Why">What is known of its end, in one line.</param>
internal sealed record GuestLoss(int Guest, string Why)
{
    /// <summary>The word for it: on this machine's own kernel it is a process.</summary>
    public string Word { get; init; } = "guest";

    public override string ToString() => $"ended {Word} {Guest}: {Why}";
}
