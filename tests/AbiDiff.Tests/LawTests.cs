using CsCheck;
using Faultline.AbiDiff.Kinds;
using Faultline.AbiDiff.Tests.Mutations;
using Faultline.AbiModel;
using Faultline.AbiModel.Tests;

namespace Faultline.AbiDiff.Tests;

/// <summary>Laws of the diff over random models.</summary>
public sealed class LawTests
{
    [Fact]
    public void Nothing_drifts_from_itself() => ModelGen.Spec.Sample(spec => AbiDiffer.Compare(spec, spec).Count == 0, iter: 2000);

    [Fact]
    public void Comments_and_locations_are_no_drift() => ModelGen.Spec.Sample(spec => AbiDiffer.Compare(spec, spec with
    {
        Locations = default,
        Structs = spec.Structs.Select(record => record with { Doc = "other words" }).ToEquatableArray(),
        Constants = spec.Constants.Select(constant => constant with { Doc = "other words" }).ToEquatableArray(),
    }).Count == 0, iter: 500);

    [Fact]
    public void Reversal_swaps_added_and_removed() => Gen.Select(ModelGen.Spec, ModelGen.Spec).Sample(AssertMirrored, iter: 2000);

    /// <summary>Members that go from one to another, with other values and under other names: every way to pair two sides.</summary>
    [Fact]
    public void Enums_without_a_name_are_paired_alike_both_ways_round() => Gen.Select(ModelGen.Nameless, ModelGen.Nameless).Sample((left, right) =>
    {
        AssertMirrored(left, right);
        Assert.Empty(AbiDiffer.Compare(left, left));
    }, iter: 5000);

    private static void AssertMirrored(AbiSpec left, AbiSpec right)
    {
        var forth = AbiDiffer.Compare(left, right);
        var back = AbiDiffer.Compare(right, left);
        // A name on one side only is an addition or removal, or was paired with another name (renamed, reused): the pair then is one change both ways round.
        Assert.Equal(OneSided(forth, Effect.Adds), OneSided(back, Effect.Removes));
        Assert.Equal(OneSided(forth, Effect.Removes), OneSided(back, Effect.Adds));
        Assert.Equal(forth.Count(IsPaired), back.Count(IsPaired));
        Assert.Equal(TwoSided(forth, mirrored: false), TwoSided(back, mirrored: true));
    }

    private static readonly HashSet<string> PairedKinds = ["enumerator-value-reused", "flag-bit-reused", "event-number-reused", "ioctl-number-reused"];

    private static bool IsPaired(AbiChange change) => PairedKinds.Contains(change.Kind.Id) && change.Old.Length > 0;

    private static List<string> OneSided(EquatableArray<AbiChange> changes, Effect effect) =>
        [.. changes.Where(change => change.Kind.Effect == effect && !IsPaired(change)).Select(change => change.Subject).Order(StringComparer.Ordinal)];

    /// <summary>What is on both sides, with old and new swapped when read backwards. Growth and shrinking of a mask are each other's mirror, and so is to become a macro or an enumerator.</summary>
    private static List<string> TwoSided(EquatableArray<AbiChange> changes, bool mirrored) =>
        [.. changes.Where(change => change.Kind.Effect == Effect.Alters && !change.Kind.Id.EndsWith("-renamed", StringComparison.Ordinal) && !change.Kind.Id.StartsWith("mask-", StringComparison.Ordinal))
            .Select(change => $"{change.Kind.Id.Replace("became-macro", "became-enumerator", StringComparison.Ordinal)
                .Replace("const-dropped", "qualifier-changed", StringComparison.Ordinal)} {change.Subject} {(mirrored ? change.New : change.Old)} {(mirrored ? change.Old : change.New)}").Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_single_mutation_is_exactly_one_change_of_its_kind()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        Gen.Select(ModelGen.Spec, Gen.Int[0, Mutation.All.Count - 1], Gen.Int[0, 1000]).Sample((model, which, seed) =>
        {
            var spec = Mutation.All[which].Before(model);
            if (Mutation.All[which].Apply(spec, seed) is not { } mutated)
                return; // the model has nothing of that sort
            var change = Assert.Single(Mutation.All[which].Backwards ? AbiDiffer.Compare(mutated, spec) : AbiDiffer.Compare(spec, mutated));
            Assert.Equal(Mutation.All[which].Kind, change.Kind.Id);
            seen.AddOrUpdate(which, 1, (_, count) => count + 1);
        }, iter: 20_000);
        Assert.Equal(Enumerable.Range(0, Mutation.All.Count), seen.Keys.Order());
    }

    /// <summary>Whole headers come and go between sets of models, not within one.</summary>
    [Fact]
    public void Every_kind_has_a_mutation() => Assert.Equal(
        ChangeKinds.All.Select(kind => kind.Id).Except(HeaderKinds.All.Select(kind => kind.Id)).Order(StringComparer.Ordinal),
        Mutation.All.Select(mutation => mutation.Kind).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Changes_are_sorted_and_repeatable() => Gen.Select(ModelGen.Spec, ModelGen.Spec).Sample((left, right) =>
    {
        var changes = AbiDiffer.Compare(left, right);
        Assert.Equal(changes, AbiDiffer.Compare(left, right));
        Assert.Equal(changes.OrderByDescending(change => change.Kind.Severity).Select(change => change.Kind.Severity), changes.Select(change => change.Kind.Severity));
    }, iter: 300);
}
