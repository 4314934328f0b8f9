using Faultline.Launcher;

return ExtractCommand.Parse(args)?.TryRun() ?? FullCommand.Become(args);
