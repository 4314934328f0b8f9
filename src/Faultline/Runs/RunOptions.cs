using Faultline.Harness.Guest;

namespace Faultline.Cli.Runs;

/// <summary>How the cells of a plan are run.</summary>
internal sealed record RunOptions
{
    /// <summary>The user's filter queries; empty for the whole suite.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>The suites that run.</summary>
    public ChosenSuites Suites { get; init; } = ChosenSuites.Builtin;

    /// <summary>How often the tests run, and in which order.</summary>
    public SuiteRounds Rounds { get; init; } = SuiteRounds.Once;

    /// <summary>Ids of the tests to begin with; those that a kernel's plan does not have are passed over.</summary>
    public IReadOnlyList<string> First { get; init; } = [];

    public AcceleratorChoice Accelerator { get; init; } = AcceleratorChoice.Auto;

    public Deadlines Deadlines { get; init; } = new();

    /// <summary>Run although an earlier run of the same inputs is known.</summary>
    public bool Fresh { get; init; }

    /// <summary>Boot the guests although snapshots of them are there.</summary>
    public bool Cold { get; init; }

    /// <summary>Whether a guest may run while the next kernel compiles.</summary>
    public bool Overlap { get; init; } = Overlaps.Allowed(Environment.GetEnvironmentVariable(Overlaps.Variable),
        Environment.ProcessorCount);
}
