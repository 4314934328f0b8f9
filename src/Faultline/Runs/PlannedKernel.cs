using Faultline.Harness.Kernels;
using Faultline.Harness.Kernels.Prebuilt;
using Faultline.Harness.Programs;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>A kernel of a plan: one to build, one that was built elsewhere, or the one that this machine runs.</summary>
internal sealed class PlannedKernel
{
    /// <summary>The name of this machine's kernel on the command line and in every result.</summary>
    public const string Running = "running";

    /// <summary>The variant that says what to expect of a kernel that Faultline did not build, unless another one is named.</summary>
    public const string DefaultProfile = "upstream";

    private PlannedKernel(Variant variant, KernelRequest? request, CommittedAbi committed, string model) =>
        (Variant, Request, Committed, CommittedModel) = (variant, request, committed, model);

    /// <summary>What is expected of it.</summary>
    public Variant Variant { get; }

    /// <summary>How it is built; null for one that is there.</summary>
    public KernelRequest? Request { get; }

    /// <summary>The kernel that was built elsewhere; null for any other.</summary>
    public PrebuiltKernel? Prebuilt { get; private init; }

    public CommittedAbi Committed { get; }

    /// <summary>
    /// The committed ABI model that stands for it where no header is built: the variant's, that of what it stands on, or the reference's.
    /// </summary>
    public string CommittedModel { get; }

    /// <summary>The kernel's name in every table.</summary>
    public string Name => Prebuilt?.Release ?? (Request is null ? Running : Variant.Name);

    /// <summary>Among all kernels.</summary>
    public string Id => Prebuilt?.Id ?? Request?.Id.Name ?? Running;

    /// <summary>
    /// Content of the suite's <c>profile.json</c>. A kernel that Faultline did not build carries no tag: its identity is
    /// not asserted.
    /// </summary>
    public string Profile => ProfileOf(Variant);

    /// <summary>The profile of a kernel that is expected to do what its control was seen to do.</summary>
    /// <param name="earlier">What came of the cells so far.</param>
    public string ProfileAfter(IEnumerable<CellResult> earlier) => Variant.IsObserved && Variant.Control is { } name
        ? ProfileOf(Variant.AfterControl((earlier.FirstOrDefault(cell => cell.Cell.On.Variant.Name == name)?.Run?.Record ?? RunRecord.Empty)
            .Shown.ToDictionary(shown => shown.Key, shown => new Expectation(shown.Value), StringComparer.Ordinal)))
        : Profile;

    /// <summary>The programs of other suites, with what is expected of them on this kernel.</summary>
    /// <param name="programs">As they were built.</param>
    /// <param name="earlier">What came of the cells so far.</param>
    public ProgramSet ProgramsAfter(ProgramSet programs, IEnumerable<CellResult> earlier) => !Variant.IsObserved ? programs
        : Variant.Control is not { } name ? programs.Observed
        : programs.After(earlier.FirstOrDefault(cell => cell.Cell.On.Variant.Name == name)?.Run?.Record ?? RunRecord.Empty, name);

    /// <exception cref="KernelSourceException">The tree cannot be built as this variant needs it.</exception>
    public static PlannedKernel Of(Variant variant, Selection selection) =>
        new(variant, selection.Request(variant), CommittedAbi.Of(variant, selection), ModelOf(variant, selection));

    /// <summary>A variant with all of its wrong versions in one kernel, none of which is on unless the command line says so.</summary>
    public static PlannedKernel WithMutants(Variant variant, MutantSeries mutants, Selection selection)
    {
        var right = selection.Request(variant);
        return new(variant, right with
        {
            Name = $"{variant.Name}-mutants",
            Series = new PatchSeries([.. right.Series.Parts, mutants.Patches]),
        }, CommittedAbi.Of(variant, selection), ModelOf(variant, selection));
    }

    /// <summary>This machine's kernel: nothing is built or booted.</summary>
    /// <param name="profile">The variant that says what to expect of it.</param>
    public static PlannedKernel OfThisMachine(Variant profile, Selection selection) =>
        new(profile, request: null, CommittedAbi.Of(profile, selection), ModelOf(profile, selection));

    /// <summary>A kernel that was built elsewhere: it is only booted.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="profile">The variant that says what to expect of it.</param>
    public static PlannedKernel OfFile(PrebuiltKernel kernel, Variant profile, Selection selection) =>
        new(profile, request: null, CommittedAbi.Of(profile, selection), ModelOf(profile, selection)) { Prebuilt = kernel };

    private static string ModelOf(Variant variant, Selection selection)
    {
        // A kernel that is built has, but for what its last patches add, the header of what it stands on.
        IEnumerable<string> below = variant.Series.Patches.Count == 0 ? [] :
        [
            .. variant.Series.Parts.Reverse().Select(part => part.Folder),
            .. variant.Control is { } control ? [selection.Catalog.Get(control).Folder] : Array.Empty<string>(),
        ];
        return below.Prepend(variant.Folder).Select(folder => Path.Combine(folder, KernelAbi.FileName)).FirstOrDefault(File.Exists)
            ?? Path.Combine(selection.Checkout.LinuxPatch, DefaultProfile, KernelAbi.FileName);
    }

    private string ProfileOf(Variant variant) => Request is null ? VariantProfile.ToJson(variant, tag: "") : VariantProfile.ToJson(variant);
}
