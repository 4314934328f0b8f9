using Faultline.AbiExtractor;
using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;
using Faultline.AbiSources;
using Faultline.AbiSources.Sides;
using Faultline.AbiSources.Tools;
using Faultline.Harness;
using Faultline.Harness.Judging;
using Faultline.Machine;

namespace Faultline.Cli;

/// <summary>Exceptions that a user can act on, as exit code and message. Any other is a defect of ours: its trace is needed.</summary>
internal static class Failures
{
    /// <returns>Null for a defect of ours.</returns>
    public static Failure? Describe(Exception e) => e switch
    {
        FaultlineException own => new Failure(own.Kind?.ExitCode() ?? ExitCodes.Usage, own.UserText),
        // The rooms of the ABI know neither kernels nor verdicts.
        ExtractionException or AbiFormatException or SideException => new Failure(ExitCodes.Usage, e.Message),
        LibclangMissingException or ProgramMissingException or ToolFailedException or NotPermittedException =>
            new Failure(ExitCodes.Infrastructure, e.Message),
        _ => StorageFailure.Advice(e) is { } advice ? new Failure(ExitCodes.Infrastructure, $"{e.Message}\n{advice}") : null,
    };
}
