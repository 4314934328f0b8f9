using System.Collections.Immutable;

namespace Faultline.Harness.Judging;

/// <summary>
/// Judges one kernel of a run beyond its suite: what kept it from being tested, whether the committed ABI model is that
/// of its header, whether the sources of its ABI contradict each other.
/// </summary>
internal static class KernelRules
{
    /// <summary>A kernel that was never tested.</summary>
    /// <param name="kind">What kept it from that; null when the kernel is not at fault.</param>
    /// <param name="told">What a person is told of it: a line that sums it up, then the reasons.</param>
    /// <param name="message">The failure's own words.</param>
    public static Verdict NotTested(VerdictKind? kind, string told, string message)
    {
        var lines = told.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToImmutableArray();
        return new Verdict(kind ?? VerdictKind.Infrastructure, lines[0]) { Reasons = lines.RemoveAt(0), Excerpt = message };
    }

    /// <summary>A pass is none while the committed model says something else than the kernel's header.</summary>
    /// <param name="suite">The verdict of the suite.</param>
    /// <param name="stale">What differs, and what to do; null when nothing does.</param>
    public static Verdict WithModel(Verdict suite, string? stale) => suite.IsPass && stale is not null
        ? suite with { Kind = VerdictKind.AbiDrift, Summary = $"{suite.Summary}, but the committed ABI model is stale", Reasons = [stale] }
        : suite;

    /// <summary>
    /// Whether the sources of the ABI are worth comparing: a kernel that died before it was asked has a verdict of
    /// its own.
    /// </summary>
    /// <param name="verdict">The verdict so far.</param>
    /// <param name="answered">The running kernel was asked about its ABI, and answered.</param>
    public static bool MayCompareSources(Verdict verdict, bool answered) => answered || verdict.IsPass;

    /// <summary>A contradiction turns a pass into ABI drift, and is one more reason of any other verdict.</summary>
    /// <param name="verdict">The verdict so far.</param>
    /// <param name="contradictions">One line for each thing in which header, compiled code and live kernel contradict each other.</param>
    /// <param name="compared">How many things were compared.</param>
    public static Verdict WithSources(Verdict verdict, ImmutableArray<string> contradictions, int compared)
    {
        if (contradictions.IsEmpty)
            return verdict;
        if (!verdict.IsPass)
            return verdict with { Reasons = verdict.Reasons.AddRange(contradictions) };
        return verdict with
        {
            Kind = VerdictKind.AbiDrift,
            Summary = $"{verdict.Summary}, but header, compiled code and live kernel contradict each other "
                + $"in {contradictions.Length} of {compared} things",
            Reasons = contradictions,
        };
    }
}
