namespace Faultline.AbiTests.Runner;

/// <summary>What a query may ask of a test.</summary>
internal readonly record struct TestTraits(
    string Id, string Name, string Suite, string? Row, string? Scenario, string? Feature, bool Promise);
