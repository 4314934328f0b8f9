using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;
using Faultline.AbiSources;
using Faultline.AbiSources.Sides;
using Faultline.AbiSources.Tools;
using Faultline.Cli.Terminal;
using Faultline.Harness;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;
using Faultline.Harness.Kernels;
using Faultline.Harness.Results;
using Faultline.Harness.Sources;

namespace Faultline.Cli;

/// <summary>What to print and which exit code to give for an exception a user can act on. Null for a defect of ours: its trace is needed.</summary>
internal sealed record Failure(int ExitCode, string Message);

internal static class Failures
{
    public const string Interrupted = "interrupted; no container is left and finished steps stay cached.";

    public static Failure? Describe(Exception e) => e switch
    {
        UsageException or UnknownVariantException or VariantFileException or KernelSourceException or ExtractionException or AbiFormatException or SideException =>
            new Failure(ExitCodes.Usage, e.Message),
        KernelException kernel => new Failure(KindOf(kernel)!.Value.ExitCode(), kernel.Message),
        KconfigFragmentException => new Failure(VerdictKind.KconfigDropped.ExitCode(), e.Message),
        OutputLostException or GuestException or LibclangMissingException or ToolMissingException or ToolFailedException
            or NotPermittedException or EngineUnavailableException or TreeUnreadableException or UnsteadyInputsException =>
            new Failure(ExitCodes.Infrastructure, e.Message),
        ImageBuildException => new Failure(ExitCodes.Infrastructure, e.Message),
        ContainerFailedException container => new Failure(ExitCodes.Infrastructure, WithTail(container.Message, container.Tail)),
        ContainerDeadlineException late => new Failure(ExitCodes.Infrastructure, WithTail(late.Message, late.Tail)),
        _ => StorageFailure.Advice(e) is { } advice ? new Failure(ExitCodes.Infrastructure, $"{e.Message}\n{advice}") : null,
    };

    /// <summary>The verdict on a kernel that could not be made; null when the fault is not the kernel's.</summary>
    public static VerdictKind? KindOf(Exception e) => e switch
    {
        PatchDoesNotApplyException => VerdictKind.PatchDoesNotApply,
        KconfigDroppedException or KconfigFragmentException => VerdictKind.KconfigDropped,
        KernelBuildException => VerdictKind.KernelBuildFailed,
        _ => null,
    };

    public static string WithTail(string message, IReadOnlyList<string> tail) =>
        tail.Count == 0 ? message : $"{message}\n{string.Join('\n', tail.TakeLast(20).Select(line => "  " + line))}";
}
