using Xunit.Sdk;

namespace Faultline.AbiTests.Runner;

/// <summary>How one test ended, from the messages xunit sends while it runs.</summary>
internal sealed class TestOutcome : IMessageSink
{
    internal string Outcome { get; private set; } = "failed";

    internal string? Message { get; private set; } = "The test reported no result.";

    internal string? Stack { get; private set; }

    internal string? SkipReason { get; private set; }

    internal decimal Seconds { get; private set; }

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestPassed passed when Outcome != "failed" || Stack is null:
                (Outcome, Message, Seconds) = ("passed", null, passed.ExecutionTime);
                break;
            case ITestSkipped skipped:
                (Outcome, Message, SkipReason, Seconds) = ("skipped", null, skipped.Reason, skipped.ExecutionTime);
                break;
            case ITestFailed failed:
                Fail(failed);
                Seconds = failed.ExecutionTime;
                break;
            // Anything that goes wrong around the test (constructor, disposal, the framework itself) is its failure too.
            case IErrorMetadata error:
                Fail(error);
                break;
        }
        return true;
    }

    internal void FailBecause(string reason) => (Outcome, Message) = ("failed", Message is null ? reason : $"{reason}\n{Message}");

    internal void SkipBecause(string reason) => (Outcome, Message, SkipReason) = ("skipped", null, reason);

    private void Fail(IErrorMetadata error)
    {
        Outcome = "failed";
        Message = string.Join("\n", error.Messages);
        Stack = string.Join("\n", error.StackTraces.Where(s => s is not null));
    }
}
