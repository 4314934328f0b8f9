using Xunit.Sdk;

namespace Faultline.AbiTests.Tests;

/// <summary>How tests end that xunit runs.</summary>
internal sealed class OutcomeSink : IMessageSink
{
    internal List<string> Seen { get; } = [];

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is ITestPassed or ITestFailed or ITestSkipped)
            Seen.Add(message is ITestPassed ? "passed" : message is ITestFailed ? "failed" : "skipped");
        return true;
    }
}
