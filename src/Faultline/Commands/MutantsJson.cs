using System.Text.Json;
using System.Text.Json.Serialization;
using Faultline.Cli.Runs;
using Faultline.Harness;
using Faultline.Harness.Judging;

namespace Faultline.Cli.Commands;

/// <summary>The result of <c>mutants --json</c>, <c>faultline-mutants/1</c> (docs/json.md).</summary>
internal static partial class MutantsJson
{
    private const string Schema = "faultline-mutants/1";

    private static readonly MutantsJsonContext Context = new(ResultJson.Options());

    public static string Write(IReadOnlyList<VariantMutants> results, VerdictKind verdict) => JsonSerializer.Serialize(
        new MutantsAnswer(Schema, verdict.Name(), verdict.ExitCode(), [.. results.Select(Of)]), Context.MutantsAnswer) + "\n";

    private static VariantAnswer Of(VariantMutants variant) => new(
        variant.Variant.Name, variant.Verdict.Name(), variant.Right?.Run?.Verdict.Kind.Name(), variant.Failure?.Message,
        [.. variant.Mutants.Select(Of)]);

    private static MutantAnswer Of(MutantResult result) => new(
        result.Mutant.Name, result.Mutant.Number, result.Mutant.Title, (result.Run?.Verdict.Kind ?? VerdictKind.Infrastructure).Name(),
        result.Run?.Verdict.Summary ?? result.Failure?.Message ?? "nothing could be run", result.Mutant.KilledBy,
        result.Run?.Mutant is { } judged ? judged.KilledBy : [], result.Run?.Cached ?? false,
        Math.Round(result.Run?.Phases.Sum(phase => phase.Seconds) ?? 0, 1));

    internal sealed record MutantsAnswer(string Schema, string Verdict, int ExitCode, IReadOnlyList<VariantAnswer> Variants);

    internal sealed record VariantAnswer(
        string Name, string Verdict, string? Right, string? Failure, IReadOnlyList<MutantAnswer> Mutants);

    internal sealed record MutantAnswer(
        string Name, int Number, string Title, string Verdict, string Summary, IReadOnlyList<string> Expected,
        IReadOnlyList<string> KilledBy, bool Cached, double Seconds);

    [JsonSerializable(typeof(MutantsAnswer))]
    internal sealed partial class MutantsJsonContext : JsonSerializerContext;
}
