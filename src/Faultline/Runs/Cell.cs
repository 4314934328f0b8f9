using Faultline.Harness.Sources;
using Expectation = Faultline.Harness.Judging.Expectation;

namespace Faultline.Cli.Runs;

/// <summary>One suite on one kernel, and what is expected of it.</summary>
/// <param name="On">The kernel that runs.</param>
/// <param name="Asked">The kernel whose suite it is.</param>
internal sealed record Cell(PlannedKernel On, PlannedKernel Asked, Expectation Expectation)
{
    /// <summary>Added to the kernel's command line.</summary>
    public IReadOnlyList<string> KernelArguments { get; init; } = [];

    /// <summary>A kernel with its own suite: it must do what its variant says.</summary>
    public static Cell Own(PlannedKernel kernel) => new(kernel, kernel, Expectation.Conforms);

    /// <summary>A variant's suite on the control: every promise must fail, and fail in the way that was written down.</summary>
    public static Cell Control(PlannedKernel control, PlannedKernel asked) =>
        new(control, asked, Expectation.MustFail(asked.Name, mayPromiseNothing: asked.Variant.IsObserved));

    /// <summary>A wrong version of a kernel with the right one's suite: a row that is for its mistake must notice it.</summary>
    public static Cell Wrong(PlannedKernel kernel, Mutant mutant) =>
        new(kernel, kernel, Expectation.MustBeKilled(mutant.Name, mutant.KilledBy)) { KernelArguments = [$"mutant={mutant.Number}"] };
}
