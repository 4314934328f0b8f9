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

    /// <summary>Takes the model that a file <c>abi</c> names, where there is one.</summary>
    /// <param name="folder">Of that file: the program's.</param>
    /// <exception cref="FormatException">The program has no such model.</exception>
    internal static void Choose(string folder)
    {
        var file = Path.Combine(folder, "abi");
        if (!File.Exists(file))
            return;
        Choose(File.ReadAllText(file).Trim(), file);
    }

    /// <param name="name">The model's.</param>
    /// <param name="where">What names it, for a message.</param>
    /// <exception cref="FormatException">The program has no such model.</exception>
    internal static void Choose(string name, string where) =>
        Current = GeneratedPlans.All.FirstOrDefault(plan => plan.Namespace.EndsWith("." + name, StringComparison.Ordinal))
            ?? throw new FormatException($"{where} names the ABI model '{name}', and the tests of this program are from "
                + $"{string.Join(", ", GeneratedPlans.All.Select(plan => plan.Namespace))}");

    /// <summary>The tests, as the suite names them.</summary>
    internal IEnumerable<SuiteTest> Named => Tests().Select(test => test with { Class = Prefix + test.Class, Suite = "generated" });
}
