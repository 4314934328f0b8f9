using System.CommandLine;
using Faultline.Cli.Terminal;
using Faultline.Harness.Judging;

namespace Faultline.Cli.Commands;

/// <summary><c>--bisect</c>: exit codes as <c>git bisect run</c> reads them. See docs/exit-codes.md.</summary>
internal static class Bisection
{
    public const int Good = 0;
    public const int Bad = 1;

    /// <summary>The commit cannot be tested: git takes another one near it.</summary>
    public const int Skip = 125;

    /// <summary>The smallest exit code at which git ends the bisection.</summary>
    public const int Stop = 128;

    /// <summary>The option of commands that give a verdict on a kernel.</summary>
    public static Option<bool> OfVerdicts { get; } = new("--bisect")
    {
        Description = "exit as 'git bisect run' wants it: 0 good, 1 bad, 125 for a commit that cannot be built or tested",
    };

    /// <summary>
    /// The option of the command that only builds: a kernel that does not compile is what is looked for.
    /// </summary>
    public static Option<bool> OfBuilds { get; } = new("--bisect")
    {
        Description = "exit as 'git bisect run' wants it: 0 good, 1 does not compile, 125 for a commit that never came to the compiler",
    };

    /// <summary>The code to leave with; the same one when the command line does not ask for another.</summary>
    public static int ExitCode(ParseResult parsed, int code)
    {
        var builds = parsed.GetValue(OfBuilds);
        if (!builds && !parsed.GetValue(OfVerdicts))
            return code;
        var told = Of(code, builds);
        if (told != code)
            Consoles.Error.WriteLine($"faultline: exit code {code} is {told} for git bisect: {Meaning(told)}");
        return told;
    }

    private static string Meaning(int code) => code switch
    {
        Bad => "bad",
        Skip => "this commit cannot be tested",
        _ => "the bisection must stop",
    };

    /// <param name="code">One of docs/exit-codes.md.</param>
    /// <param name="buildOnly">Whether the question was only if it compiles.</param>
    public static int Of(int code, bool buildOnly) => code switch
    {
        ExitCodes.Ok => Good,
        ExitCodes.Usage => Stop,
        >= Stop => code,
        _ when code == VerdictKind.KernelBuildFailed.ExitCode() => buildOnly ? Bad : Skip,
        _ when code == VerdictKind.PatchDoesNotApply.ExitCode() || code == VerdictKind.KconfigDropped.ExitCode() => Skip,
        _ when code == VerdictKind.Vacuous.ExitCode() || code == ExitCodes.Infrastructure => Skip,
        _ => Bad,
    };
}
