namespace Faultline.Harness.Sources;

/// <summary>What a kernel is to the comparison.</summary>
internal enum VariantRole
{
    /// <summary>No series applied: the variants' promises must fail on it.</summary>
    Control,

    /// <summary>The base plus a series.</summary>
    Variant,

    /// <summary>A kernel that ships the feature already.</summary>
    Reference,
}

/// <summary>Observable → expected value, both as the suite names them (see docs/guest-contract.md).</summary>
internal sealed class Expectation(IReadOnlyDictionary<string, string> observables)
{
    public IReadOnlyDictionary<string, string> Observables { get; } = observables;
}

/// <summary>One folder of linux-patch: a kernel and what it promises.</summary>
internal sealed record Variant
{
    /// <summary>The folder's name, and the kernel's name in every result.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required VariantRole Role { get; init; }

    /// <summary>The kernel source the series is for.</summary>
    public required KernelSource Base { get; init; }

    /// <summary>The suffix of the kernel release (LOCALVERSION of make), by which a build is known.</summary>
    public required string Tag { get; init; }

    /// <summary>The feature's macro in the uapi header; null for the control, and for a series that adds none.</summary>
    public string? Feature { get; init; }

    /// <summary>The feature's bit number.</summary>
    public int? FeatureBit { get; init; }

    /// <summary>The patches to apply, those of the variant named by <c>onto</c> first; empty for the control and the reference.</summary>
    public required PatchSeries Series { get; init; }

    /// <summary>Kconfig fragments that belong to this kernel alone: <c>*.config</c> in its folder.</summary>
    public required IReadOnlyList<string> Fragments { get; init; }

    /// <summary>Config options, without <c>CONFIG_</c>, that the feature depends on: the tree must build with each of them off.</summary>
    public required IReadOnlyList<string> SwitchOff { get; init; }

    /// <summary>Scenario → what it must show, with what is inherited filled in.</summary>
    public required IReadOnlyDictionary<string, Expectation> Expect { get; init; }

    /// <summary>
    /// Scenarios, of those in <see cref="Expect"/>, whose expectation was taken from a run and that nobody has confirmed yet.
    /// </summary>
    public IReadOnlyList<string> ToReview { get; init; } = [];

    /// <summary>The control from which this one descends; null for the control itself.</summary>
    public string? Control { get; init; }

    /// <summary>What is said of suites of programs, with what is inherited filled in.</summary>
    public IReadOnlyList<DeclaredSuite> Suites { get; init; } = [];

    /// <summary>What the control shows; null where there is no control.</summary>
    public IReadOnlyDictionary<string, Expectation>? ControlExpect { get; init; }

    public required string Folder { get; init; }

    /// <summary>Nothing is known of it: what its scenarios show is taken down, and none of it is wrong.</summary>
    public bool IsObserved { get; init; }

    /// <summary>
    /// The same, with what its control was seen to do as what is expected of both; for one whose control nothing was known of.
    /// </summary>
    public Variant AfterControl(IReadOnlyDictionary<string, Expectation> seen) =>
        this with { IsObserved = false, Expect = seen, ControlExpect = seen };

    /// <summary>
    /// Whether the variant promises something that the control must not show: a feature, or another outcome of a
    /// scenario.
    /// </summary>
    public bool HasPromises => Feature is not null || Suites.Any(suite => suite.Promises.Any())
        || (ControlExpect is { } control && Expect.Any(mine =>
            control.TryGetValue(mine.Key, out var other) && !mine.Value.Observables.ToHashSet().SetEquals(other.Observables)));
}
