using System.CommandLine;
using System.CommandLine.Invocation;
using Faultline.Cli.Commands;
using Faultline.Cli.Terminal;

namespace Faultline.Cli;

/// <summary>The whole command: what its managed and its native program have in common.</summary>
public static class Application
{
    /// <summary>Does what a command line says.</summary>
    /// <returns>The exit code, see docs/exit-codes.md.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        Consoles.Install();
        var parsed = CommandTree.Create().Parse(args);
        return Bisection.ExitCode(parsed, await RunAsync(parsed));
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
                Consoles.Error.WriteLine($"faultline: {error.Message}");
            Consoles.Error.WriteLine($"faultline: see 'faultline {CommandTree.PathOf(parsed.CommandResult)}--help'");
            return ExitCodes.Usage;
        }

        // Signals are handled here and nowhere else; see Interruption.
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        using var interruption = new Interruption(CommandTree.RunsContainers(parsed.CommandResult));
        try
        {
            return await parsed.InvokeAsync(configuration, interruption.Token);
        }
        catch (Exception e) when (interruption.ExitCode is not null)
        {
            // Whatever it is: a terminal's Ctrl-C reaches the compiler that runs for us as well, and its end looks like a failure.
            var why = e is OperationCanceledException ? "" : $" ({e.Message.Split('\n')[0]})";
            Consoles.Error.WriteLine($"faultline: {interruption.InWords}{why}");
            return interruption.ExitCode.Value;
        }
        catch (Exception e) when (Failures.Describe(e) is { } failure)
        {
            Consoles.Error.WriteLine();
            foreach (var line in failure.Message.TrimEnd().Split('\n'))
                Consoles.Error.WriteLine($"faultline: {line}");
            return failure.ExitCode;
        }
        catch (Exception e)
        {
            Consoles.Error.WriteLine($"faultline: a defect of Faultline itself, please report it with these lines:\n{e}");
            return ExitCodes.Infrastructure;
        }
    }
}
