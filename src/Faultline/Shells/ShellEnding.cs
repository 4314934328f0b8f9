using Faultline.Cli.Terminal;
using Faultline.Harness.Guest.Shells;
using Faultline.Harness.Judging;
using Faultline.Harness.Results;

namespace Faultline.Cli.Shells;

/// <summary>Says how a shell in a guest ended, where that is not by itself, and what the kernel complained of meanwhile.</summary>
internal static class ShellEnding
{
    /// <param name="outcome">The end.</param>
    /// <param name="kernel">The kernel's name.</param>
    /// <param name="log">Where the kernel log is.</param>
    /// <param name="decode">Adds to a stack trace the lines of the source.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> TellAsync(ShellOutcome outcome, string kernel, string log, Func<string, Task<string>> decode)
    {
        foreach (var splat in outcome.Log.Splats)
        {
            Consoles.Error.WriteLine($"faultline: {kernel}: the kernel complained, in line {splat.Line} of {log}:");
            foreach (var line in (await decode(splat.Excerpt)).Split('\n'))
                Consoles.Error.WriteLine($"  | {line}", hanging: 6);
        }

        if (outcome.Code is { } code)
            return code;
        var (verdict, why) = Reason(outcome);
        Consoles.Error.WriteLine($"faultline: {kernel}: {why}{(outcome.Detail is { } detail ? $": {detail}" : "")}. Kernel log: {log}");
        if (outcome.Log.Splats.IsEmpty)
        {
            foreach (var line in outcome.Log.Tail.Split('\n').TakeLast(8))
                Consoles.Error.WriteLine($"  | {line}", hanging: 6);
        }

        return verdict.ExitCode();
    }

    private static (VerdictKind Verdict, string Why) Reason(ShellOutcome outcome) => outcome switch
    {
        { Ending: GuestEnding.Broken } => (VerdictKind.Infrastructure, "QEMU could not run the guest"),
        { Ending: GuestEnding.Killed } => (VerdictKind.Infrastructure, "the guest was ended from outside"),
        { Ending: GuestEnding.Deadline, Booted: false } => (VerdictKind.Hung, "the guest did not reach its shell"),
        { Ending: GuestEnding.Deadline } => (VerdictKind.Hung, "the guest did not switch off"),
        { Booted: false, Log: { Started: true, Splats.IsEmpty: true } } =>
            (VerdictKind.Infrastructure, "the guest ended before its shell began"),
        { Booted: false, Log.Started: false } => (VerdictKind.Infrastructure, "the kernel did not start"),
        _ => (VerdictKind.Crashed, "the guest ended under the shell"),
    };
}
