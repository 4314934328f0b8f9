using Faultline.AbiModel;

namespace Faultline.AbiDiff.Tests.Mutations;

/// <summary>One way to change one thing of a model.</summary>
/// <param name="Kind">The id of the one change it must be reported as.</param>
/// <param name="Apply">The changed model, or null when the model has nothing of that sort. The number chooses among what it has.</param>
internal sealed record Mutation(string Kind, Func<AbiSpec, int, AbiSpec?> Apply)
{
    /// <summary>The model as it was before it was changed is the newer side: what the change does is undone.</summary>
    public bool Backwards { get; init; }

    /// <summary>What is done to a model before, on both sides, so that it has something to change.</summary>
    public Func<AbiSpec, AbiSpec> Before { get; init; } = spec => spec;

    public static IReadOnlyList<Mutation> All { get; } = [.. RecordMutations.All, .. ValueMutations.All, .. GroupMutations.All, .. FunctionMutations.All, .. IoctlMutations.All];

    /// <summary>The list with one of its items replaced, or without it.</summary>
    public static EquatableArray<T> Replace<T>(EquatableArray<T> items, int index, T? with)
        where T : class, IEquatable<T> => items.Select((item, i) => i == index ? with : item).Where(item => item is not null).Select(item => item!).ToEquatableArray();

    /// <summary>The list with one item more.</summary>
    public static EquatableArray<T> And<T>(EquatableArray<T> items, T more)
        where T : IEquatable<T> => items.Append(more).ToEquatableArray();

    /// <summary>The list with one of those items changed that qualify, or null when none does.</summary>
    public static EquatableArray<T>? One<T>(EquatableArray<T> items, int seed, Func<T, bool> qualifies, Func<T, T?> change)
        where T : class, IEquatable<T>
    {
        var indexes = Enumerable.Range(0, items.Count).Where(i => qualifies(items[i])).ToList();
        return indexes.Count == 0 ? null : Replace(items, indexes[seed % indexes.Count], change(items[indexes[seed % indexes.Count]]));
    }
}
