using System.Collections.Immutable;
using Faultline.AbiDiff.ThreeWay;
using Faultline.AbiModel;
using Faultline.AbiModel.Live;
using Faultline.AbiSources.Btf;
using Faultline.Harness.Kernels;
using Faultline.Harness.Report;
using Faultline.Harness.Results;

namespace Faultline.Cli.Pipeline;

/// <summary>Holds the header of a built kernel against its compiled code and against the kernel in the guest.</summary>
internal static class ThreeWayCheck
{
    /// <summary>Adds the table; a contradiction turns a pass into ABI drift.</summary>
    /// <param name="report">With the verdict of the suite.</param>
    /// <param name="kernel">What was built.</param>
    /// <param name="header">The model of its header.</param>
    /// <param name="record">What the guest reported.</param>
    public static KernelReport AddTo(KernelReport report, BuiltKernel kernel, AbiSpec header, RunRecord record)
    {
        // A kernel that died before it was asked has a verdict of its own.
        if (record.Live.IsEmpty && report.Verdict != VerdictKind.Pass.Name())
            return report;
        var rows = Rows(kernel, header, record.Live);
        var wrong = rows.Where(row => !row.Agrees).ToList();
        report = report with { ThreeWay = [.. rows.Select(row => new ThreeWayRow(row.Group, row.Item, row.Header, row.Code, row.Live, row.Agrees))] };
        if (wrong.Count == 0)
            return report;

        ImmutableArray<string> reasons = [.. wrong.Select(row => row.ToString())];
        return report.Verdict == VerdictKind.Pass.Name()
            ? report with
            {
                Verdict = VerdictKind.AbiDrift.Name(),
                Summary = $"{report.Summary}, but header, compiled code and live kernel contradict each other in {wrong.Count} of {rows.Count} things",
                Reasons = reasons,
            }
            : report with { Reasons = report.Reasons.AddRange(reasons) };
    }

    private static EquatableArray<SourceRow> Rows(BuiltKernel kernel, AbiSpec header, IReadOnlyDictionary<string, string> facts)
    {
        try
        {
            var code = kernel.UserfaultfdBtf is { } btf
                ? BtfModel.Read(File.ReadAllBytes(btf), header)
                : throw new FormatException("the build has no fs/userfaultfd.o whose types could be read; is CONFIG_USERFAULTFD off?");
            return ThreeWayTable.Of(header, code, LiveAnswers.Parse(facts)).Rows;
        }
        catch (FormatException problem)
        {
            // A source that cannot be read proves nothing, so it must not pass.
            return EquatableArray.Of(new SourceRow("sources", "a source cannot be read", SourceRow.Silent, SourceRow.Silent, problem.Message, Agrees: false));
        }
    }
}
