using Faultline.Launcher;
using Faultline.Machine;

const int StandardOutput = 1;

// Where there is no place for the result, the full command says so.
if (!StandardDescriptor.WasClosed(StandardOutput) && ExtractCommand.Parse(args) is { } command)
{
    ProcessMemory.GrowInLargeSteps();
    if (command.TryRun() is { } exitCode)
        return exitCode;
}
return FullCommand.Become(args);
