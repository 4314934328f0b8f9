using Faultline.AbiModel;
using Faultline.AbiSources.Btf;
using Faultline.Harness.Kernels;
using Faultline.Uffd;
using Faultline.Uffd.ThreeWay;

namespace Faultline.Cli.Runs;

/// <summary>Holds the header of a built kernel against its compiled code and against the kernel in the guest.</summary>
internal static class ThreeWayCheck
{
    /// <param name="kernel">What was built.</param>
    /// <param name="header">The model of its header.</param>
    /// <param name="facts">What the running kernel answered.</param>
    /// <returns>A row for each thing that any of the three speaks of.</returns>
    public static EquatableArray<SourceRow> Rows(BuiltKernel kernel, AbiSpec header, IReadOnlyDictionary<string, string> facts)
    {
        try
        {
            var code = kernel.UserfaultfdBtf is { } btf
                ? BtfModel.Read(File.ReadAllBytes(btf), header)
                : throw new FormatException("the build has no userfaultfd.o whose types could be read; is CONFIG_USERFAULTFD off?");
            return ThreeWayTable.Of(header, code, LiveAnswers.Parse(facts)).Rows;
        }
        catch (FormatException problem)
        {
            // A source that cannot be read proves nothing, so it must not pass.
            return EquatableArray.Of(
                new SourceRow("sources", "a source cannot be read", SourceRow.Silent, SourceRow.Silent, problem.Message, Agrees: false));
        }
    }
}
