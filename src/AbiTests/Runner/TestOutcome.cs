namespace Faultline.AbiTests.Runner;

/// <summary>How one test ended. The words of a failure are those that xunit's runner would give.</summary>
internal sealed class TestOutcome
{
    /// <summary>What the message of a dynamic skip begins with: xunit's contract between assertions and runners.</summary>
    private const string SkipToken = "$XunitDynamicSkip$";

    internal string Outcome { get; private set; } = "failed";

    internal string? Message { get; private set; } = "The test reported no result.";

    internal string? Stack { get; private set; }

    internal string? SkipReason { get; private set; }

    internal decimal Seconds { get; private set; }

    /// <param name="thrown">What it threw; null when it came to its end.</param>
    /// <param name="took">How long it ran.</param>
    internal void Ended(Exception? thrown, TimeSpan took)
    {
        Seconds = (decimal)took.TotalSeconds;
        switch (thrown)
        {
            case null:
                (Outcome, Message) = ("passed", null);
                break;
            case { Message: var message } when message.StartsWith(SkipToken, StringComparison.Ordinal):
                SkipBecause(message[SkipToken.Length..]);
                break;
            default:
                List<Exception> all = [.. WithInner(thrown)];
                Outcome = "failed";
                Message = string.Join("\n", all.Select(e => e.Message));
                Stack = string.Join("\n", all.Select(e => e.StackTrace).OfType<string>());
                break;
        }
    }

    internal void FailBecause(string reason) => (Outcome, Message) = ("failed", Message is null ? reason : $"{reason}\n{Message}");

    internal void SkipBecause(string reason) => (Outcome, Message, SkipReason) = ("skipped", null, reason);

    /// <summary>An exception and those behind it, outermost first.</summary>
    private static IEnumerable<Exception> WithInner(Exception e) => e switch
    {
        AggregateException { InnerExceptions: var inner } => inner.SelectMany(WithInner).Prepend(e),
        { InnerException: { } inner } => WithInner(inner).Prepend(e),
        _ => [e],
    };
}
