using Faultline.AbiNames;

return CommandLine.Run(args, Console.Out, Console.Error);
