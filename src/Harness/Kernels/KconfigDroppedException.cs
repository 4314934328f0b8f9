using Faultline.Harness.Judging;
using Faultline.Harness.Kconfig;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Kernels;

/// <summary>Requested options are not in the configuration (exit code 5).</summary>
internal sealed class KconfigDroppedException(string kernel, IReadOnlyList<DroppedOption> dropped, string? logPath)
    : KernelException(VerdictKind.KconfigDropped, kernel, Phase.Configure, Describe(kernel, dropped), logPath)
{
    public IReadOnlyList<DroppedOption> Dropped { get; } = dropped;

    private static string Describe(string kernel, IReadOnlyList<DroppedOption> dropped) =>
        $"{kernel}: {dropped.Count} requested kconfig option{(dropped.Count == 1 ? " was" : "s were")} dropped by olddefconfig:\n"
        + string.Join("\n", dropped.Select(d =>
            $"  CONFIG_{d.Request.Symbol}: requested {d.Request.Value}, got {d.Actual} ({d.Request.File}:{d.Request.Line})\n"
            + string.Join("\n", d.Reasons.SelectMany(r => r.Split('\n')).Select(r => "    " + r))))
        + "\nAdd what is missing to the fragment, or remove the request.";
}
