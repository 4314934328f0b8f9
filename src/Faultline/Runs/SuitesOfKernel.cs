using Faultline.Harness.Programs;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Cli.Runs;

/// <summary>The suites that run on one kernel.</summary>
/// <param name="Builtin">Whether the built-in suite is among them.</param>
/// <param name="Programs">The others, with what the kernel's variant says of each.</param>
internal sealed record SuitesOfKernel(bool Builtin, IReadOnlyList<(SuiteSpec Spec, DeclaredSuite Declared)> Programs)
{
    /// <summary>The tests that are known before anything is built: programs and tests that the variant's file names.</summary>
    public IEnumerable<PlannedTest> Known(IReadOnlyList<string> filters) => Programs.SelectMany(suite =>
    {
        var (spec, declared) = suite;
        if (declared.Programs.IsEmpty)
        {
            var title = $"{spec.Name}: its programs, which are known when they are built";
            return [new PlannedTest(spec.Name, title, spec.Name, Row: null, Feature: null, Promise: false)];
        }

        var programs = declared.Programs.Select(program => new SuiteProgram(spec.Name, program.Key, program.Value[0]));
        return BuiltSuite.Unbuilt(declared, programs).Known(filters);
    });
}
