using Faultline.Harness.Judging;
using Faultline.Harness.Programs;
using Faultline.Harness.Results;

namespace Faultline.Harness.Guest;

/// <summary>One suite on one kernel.</summary>
internal sealed record SuiteRequest
{
    /// <summary>The kernel's name in every table.</summary>
    public required string Kernel { get; init; }

    /// <summary>Which kernel it is among all; its name where there is only one of it.</summary>
    public string Id { get => field ?? Kernel; init; }

    /// <summary>What the run has to show.</summary>
    public Expectation Expectation { get; init; } = Expectation.Conforms;

    /// <summary>The bootable image; null runs the suite on this machine's own kernel.</summary>
    public string? BzImage { get; init; }

    /// <summary>The modules that a kernel needs inserted first; null for none.</summary>
    public string? Modules { get; init; }

    /// <summary>The published suite: <see cref="PublishedPayload.Folder"/>.</summary>
    public required string Payload { get; init; }

    /// <summary>Content of <c>profile.json</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>The user's filter queries, handed on as they are.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Programs of other suites that run as well, or in place of the built-in suite.</summary>
    public ProgramSet Programs { get; init; } = ProgramSet.None;

    /// <summary>How often they run, and in which order.</summary>
    public SuiteRounds Rounds { get; init; } = SuiteRounds.Once;

    /// <summary>Ids of the tests to begin with. No input of the result: a verdict does not depend on the order.</summary>
    public IReadOnlyList<string> First { get; init; } = [];

    /// <summary>Added to the kernel's command line.</summary>
    public IReadOnlyList<string> KernelArguments { get; init; } = [];

    public AcceleratorChoice Accelerator { get; init; } = AcceleratorChoice.Auto;

    public Deadlines Deadlines { get; init; } = new();

    /// <summary>What the suite gets beyond its own deadline before it is killed from outside, on this machine's own kernel.</summary>
    public TimeSpan KillMargin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Run although an earlier run of the same inputs is known.</summary>
    public bool Fresh { get; init; }

    /// <summary>Boot the guests although snapshots of them are there.</summary>
    public bool Cold { get; init; }

    /// <summary>Other runs of the same kernel may follow, so that it is worth its snapshot.</summary>
    internal bool IsLasting => Expectation.Mutant is null && Remark.Length == 0;

    /// <summary>
    /// How its first guest begins. A kernel that shows whether it keeps all its promises is booted for that: the run of record.
    /// </summary>
    internal GuestStart Start => !Cold && (Filters.Count > 0 || Rounds != SuiteRounds.Once || Expectation.Failing is not null)
        ? GuestStart.Resumed : GuestStart.Cold;

    /// <summary>Which tree of a series this kernel is, for the reasons of its phases; empty where its name says all.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Tells a control's run and a wrong version's from the kernel's own in the reasons of its phases.</summary>
    internal string Prefix => Expectation switch
    {
        { Failing: { } asked } => $"asked for {asked}: ",
        { Mutant: { } mutant } => $"{mutant}: ",
        _ => Remark.Length > 0 ? $"{Remark}: " : "",
    };

    /// <summary>
    /// Names the run's folder and files: <c>wp-zeropage</c>, <c>base.control-wp-zeropage</c>,
    /// <c>base.debug-1a2b3c4d</c>.
    /// </summary>
    public string Run => Of(Id);

    /// <summary>Whose logs the run's are in a report, which holds one kernel of a name.</summary>
    internal string Owner => Of(Kernel);

    private string Of(string kernel) => Expectation switch
    {
        { Failing: { } asked } => $"{kernel}.control-{asked}",
        { Mutant: { } mutant } => $"{kernel}.{mutant}",
        _ => kernel,
    };
}
