using Faultline.UffdProbe;

namespace Faultline.AbiTests.Runner;

/// <summary>
/// What the kernel itself answers, or the fact <c>error</c> with the reason why it could not be asked. A probe that fails does not keep
/// the tests from running.
/// </summary>
internal static class LiveFacts
{
    internal static IReadOnlyDictionary<string, string> Ask()
    {
        try
        {
            return LiveAbi.Probe().ToFacts();
        }
        catch (UserfaultfdException e)
        {
            return new Dictionary<string, string> { ["error"] = e.Message };
        }
    }
}
