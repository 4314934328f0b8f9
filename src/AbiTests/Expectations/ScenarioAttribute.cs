using System.Runtime.CompilerServices;
using Xunit.v3;

namespace Faultline.AbiTests.Expectations;

/// <summary>A test whose expected outcome is the table <c>[expect.KEY]</c> of the profile.</summary>
/// <remarks>KEY is a row of the conformance matrix (<c>R12</c>), with a suffix where a row has several scenarios (<c>R31-mprotect</c>).</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScenarioAttribute : FactAttribute, ITraitAttribute
{
    internal const string KeyTrait = "scenario", RowTrait = "row", TitleTrait = "title", AboutTrait = "about", KnobTrait = "knob", SuiteTrait = "suite", FeatureTrait = "feature";

    /// <summary>Names the scenario.</summary>
    /// <param name="key">The expectation table.</param>
    /// <param name="title">What is done, in a few words for people. The method's name is the test's id, and stays.</param>
    /// <param name="about">One or two sentences: what it asks, and why anyone cares.</param>
    /// <param name="sourceFilePath">Filled in by the compiler.</param>
    /// <param name="sourceLineNumber">Filled in by the compiler.</param>
    public ScenarioAttribute(
        string key, string title, string about, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Key = key;
        Title = title;
        About = about;
    }

    /// <summary>The expectation table's name.</summary>
    public string Key { get; }

    /// <summary>What is done, in a few words.</summary>
    public string Title { get; }

    /// <summary>What the scenario asks, and why anyone cares.</summary>
    public string About { get; }

    /// <summary>
    /// Whether it takes a kernel with a knob for tests (linux-patch/knobs). It is asked only of those whose profile says what they do.
    /// </summary>
    public bool NeedsKnob { get; init; }

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
    [
        new(KeyTrait, Key), new(RowTrait, Key.Split('-')[0]), new(SuiteTrait, "scenario"), new(TitleTrait, Title), new(AboutTrait, About),
        new(KnobTrait, NeedsKnob ? "true" : "false"),
    ];
}
