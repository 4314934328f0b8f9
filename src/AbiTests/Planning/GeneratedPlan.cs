namespace Faultline.AbiTests.Planning;

/// <summary>One ABI model whose tests are in this program; the list of them is generated too.</summary>
/// <param name="Namespace">Where its C# is; tells models apart.</param>
/// <param name="Features">Every feature bit that the header names.</param>
/// <param name="Tests">Makes the list of its tests.</param>
internal sealed record GeneratedPlan(string Namespace, ulong Features, Func<SuiteTest[]> Tests)
{
    /// <summary>What the ids of generated tests begin with, whichever model they are from.</summary>
    private const string Prefix = "Kernel.";

    /// <summary>That of the kernel under test.</summary>
    internal static GeneratedPlan Current { get; private set; } = GeneratedPlans.All[0];

    /// <summary>The tests, as the suite names them.</summary>
    internal IEnumerable<SuiteTest> Named => Tests().Select(test => test with { Class = Prefix + test.Class, Suite = "generated" });
}
