using System.Collections.Immutable;

namespace Faultline.Harness.Bench.Feature.Tables;

/// <summary>One table of figures for people, before anybody decided how it is written.</summary>
/// <param name="Title">What it shows, as a heading.</param>
/// <param name="Header">A title for each column.</param>
/// <param name="Rows">A cell for each column.</param>
/// <param name="Note">What a reader must know of the figures.</param>
internal sealed record FeatureTable(string Title, ImmutableArray<string> Header, ImmutableArray<string[]> Rows, string Note);
