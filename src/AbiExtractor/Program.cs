using Faultline.AbiExtractor;

return CommandLine.Run(args, Console.Out, Console.Error);
