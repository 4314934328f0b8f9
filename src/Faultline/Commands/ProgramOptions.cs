using System.CommandLine;
using Faultline.Cli.Runs;
using Faultline.Harness.Guest;
using Faultline.Harness.Programs;

namespace Faultline.Cli.Commands;

/// <summary><c>--suite</c>: which suites <c>run</c>, <c>test</c> and <c>watch</c> run.</summary>
internal static class ProgramOptions
{
    public static Option<string[]> Suite { get; } = new("--suite")
    {
        Description = "'builtin' (default), 'selftests:mm' (the kernel tree's own), a folder with a Makefile or C files, or a static "
            + "program that prints KTAP, TAP or the memory selftests' text; NAME=SPEC names it; repeatable",
        HelpName = "SPEC",
    };

    /// <param name="parsed">The command line.</param>
    /// <param name="rounds">How often tests run.</param>
    /// <exception cref="SuiteException">One of them is nothing that could be run.</exception>
    /// <exception cref="UsageException">The programs of a suite run once, in their order.</exception>
    public static ChosenSuites Read(ParseResult parsed, SuiteRounds rounds)
    {
        if (!parsed.CommandResult.Command.Options.Contains(Suite))
            return ChosenSuites.Builtin;
        var chosen = new ChosenSuites(
            [.. (parsed.GetValue(Suite) ?? []).Distinct().Select(text => SuiteSpec.Parse(text, Environment.CurrentDirectory))],
            // In rounds runs the built-in suite alone.
            Declared: rounds == SuiteRounds.Once);
        return rounds == SuiteRounds.Once || !chosen.HasPrograms ? chosen : throw new UsageException(
            "--suite: only the built-in suite runs in rounds; leave --repeat, --shuffle and --until-fail out, or name no other suite.");
    }
}
