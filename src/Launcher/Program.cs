using Faultline.Launcher;

return ExtractCommand.Parse(args)?.TryRun() == true ? 0 : FullCommand.Become(args);
