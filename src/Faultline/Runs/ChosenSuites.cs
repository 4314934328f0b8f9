using System.Collections.Immutable;
using Faultline.Harness.Programs;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>The suites that a command line names; where it names none, the built-in one and those that a variant's file runs.</summary>
/// <param name="Named">In the order of the command line.</param>
/// <param name="Declared">Whether a variant's file has a say; not for commands that know nothing but the built-in suite.</param>
internal sealed record ChosenSuites(IReadOnlyList<SuiteSpec> Named, bool Declared)
{
    /// <summary>What a variant of the run gives each program of a suite; a kernel whose file says nothing has it too.</summary>
    private ImmutableDictionary<string, TimeSpan> Limits { get; init; } = ImmutableDictionary<string, TimeSpan>.Empty;

    /// <summary>The built-in suite alone.</summary>
    public static ChosenSuites Builtin { get; } = new([], Declared: false);

    /// <summary>Whether anything but the built-in suite is named.</summary>
    public bool HasPrograms => Named.Any(spec => spec is not SuiteSpec.Builtin);

    /// <summary>The suites of a run of several kernels, which give a program the same time: of several limits the longest.</summary>
    public ChosenSuites Among(IEnumerable<Variant> variants) => this with
    {
        Limits = variants.SelectMany(variant => variant.Suites).Where(suite => suite.Limit is not null)
            .GroupBy(suite => suite.Name, StringComparer.Ordinal)
            .ToImmutableDictionary(same => same.Key, same => same.Max(suite => suite.Limit!.Value), StringComparer.Ordinal),
    };

    /// <summary>What runs on a kernel, with what its variant says of it.</summary>
    /// <exception cref="SuiteException">Two suites go by one name, or a variant's file names nothing that could be run.</exception>
    public SuitesOfKernel For(Variant variant)
    {
        var declared = variant.Suites.ToDictionary(suite => suite.Name, StringComparer.Ordinal);
        IReadOnlyList<SuiteSpec> specs = Named.Count > 0 || !Declared ? Named
            : [new SuiteSpec.Builtin(), .. variant.Suites.Where(suite => suite.Run is not null).Select(suite => SpecOf(suite, variant))];
        var programs = specs.Where(spec => spec is not SuiteSpec.Builtin).ToList();
        if (programs.GroupBy(spec => spec.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new SuiteException(kind: null, $"two suites are called '{twice.Key}'; give one another name: --suite NAME=…");
        return new SuitesOfKernel(
            specs.Count == 0 || specs.Any(spec => spec is SuiteSpec.Builtin),
            [.. programs.Select(spec => (spec, Limited(declared.GetValueOrDefault(spec.Name) ?? DeclaredSuite.Nothing(spec.Name))))]);
    }

    private DeclaredSuite Limited(DeclaredSuite suite) => suite.Limit is null && Limits.TryGetValue(suite.Name, out var limit)
        ? suite with { Limit = limit } : suite;

    private static SuiteSpec SpecOf(DeclaredSuite suite, Variant variant) => SuiteSpec.Parse($"{suite.Name}={suite.Run}", variant.Folder);
}
