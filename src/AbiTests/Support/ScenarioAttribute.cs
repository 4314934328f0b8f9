using System.Runtime.CompilerServices;
using Xunit.v3;

namespace Faultline.AbiTests.Support;

/// <summary>A test whose expected outcome is the table <c>[expect.KEY]</c> of the profile.</summary>
/// <remarks>KEY is a row of the conformance matrix (<c>R12</c>), with a suffix where a row has several scenarios (<c>R31-mprotect</c>).</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScenarioAttribute : FactAttribute, ITraitAttribute
{
    internal const string KeyTrait = "scenario", RowTrait = "row", SuiteTrait = "suite", FeatureTrait = "feature";

    /// <summary>Names the scenario.</summary>
    public ScenarioAttribute(string key, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Key = key;

    /// <summary>The expectation table's name.</summary>
    public string Key { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [new(KeyTrait, Key), new(RowTrait, Key.Split('-')[0]), new(SuiteTrait, "scenario")];
}
