using System.CommandLine;
using System.CommandLine.Invocation;
using Faultline.Cli;
using Faultline.Cli.Commands;
using Faultline.Cli.Terminal;
using Spectre.Console;

// Ctrl-C cancels; containers are then stopped and removed, which may take an engine some seconds.
var configuration = new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
};
var parsed = CommandTree.Create().Parse(args);
if (parsed.Action is ParseErrorAction)
{
    foreach (var error in parsed.Errors)
        Consoles.Error.WriteLine($"faultline: {error.Message}");
    Consoles.Error.WriteLine($"faultline: see 'faultline {CommandTree.PathOf(parsed.CommandResult)}--help'");
    return ExitCodes.Usage;
}

try
{
    return await parsed.InvokeAsync(configuration);
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
