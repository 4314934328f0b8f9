return await Faultline.Cli.Application.RunAsync(args);
