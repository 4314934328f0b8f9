using Faultline.Launcher;

if (!StandardOutput.IsClosed && ExtractCommand.Parse(args) is { } command)
{
    ProcessMemory.GrowInLargeSteps();
    if (command.TryRun() is { } exitCode)
        return exitCode;
}
return FullCommand.Become(args);
