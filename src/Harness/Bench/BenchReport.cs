using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Faultline.Harness.Bench.Feature;

namespace Faultline.Harness.Bench;

/// <summary>What one <c>faultline bench</c> measured, on which machine, and how to measure it again.</summary>
internal sealed record BenchReport
{
    private const string SchemaName = "faultline-bench/1";

    public string Schema { get; init; } = SchemaName;

    public required DateTimeOffset Started { get; init; }

    /// <summary>Seconds that the whole benchmark took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The command line that repeats it.</summary>
    public required string Command { get; init; }

    public required MachineFacts Machine { get; init; }

    public required ImmutableArray<PairReport> Pairs { get; init; }

    /// <summary>All that <c>--only feature</c> measured; null without it.</summary>
    public FeatureReport? Feature { get; init; }

    /// <summary>The file's content: camel case, absent means not known.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Context.BenchReport) + "\n";

    /// <exception cref="JsonException">Not what <see cref="ToJson"/> writes.</exception>
    public static BenchReport Parse(string json) =>
        JsonSerializer.Deserialize(json, Context.BenchReport) is { Schema: SchemaName } report
            ? report
            : throw new JsonException("another schema");

    private static readonly BenchJsonContext Context = new(ResultJson.Options());
}

/// <summary>Two things measured in the same repetitions, one beside the other.</summary>
internal sealed record PairReport
{
    /// <summary>The benchmark it belongs to, as <c>--only</c> names it.</summary>
    public required string Key { get; init; }

    public required string Title { get; init; }

    public required Side Measured { get; init; }

    public required Side Beside { get; init; }

    /// <summary>Measured over beside, repetition by repetition.</summary>
    public Sample Ratio => Sample.Ratio(Measured.Seconds, Beside.Seconds);

    /// <summary>The parts of a figure: where its time goes.</summary>
    public ImmutableArray<Part> Parts { get; init; } = [];

    /// <summary>What a reader must know of these figures.</summary>
    public string? Note { get; init; }
}

/// <param name="What">What was done.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record Side(string What, Sample Seconds);

/// <summary>A share of one side or of both, in seconds.</summary>
internal sealed record Part(string Name, Sample? Measured, Sample? Beside);

[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchJsonContext : JsonSerializerContext;
