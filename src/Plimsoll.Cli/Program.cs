return await Plimsoll.Cli.CommandLine.Run(args, Console.Out, Console.Error).ConfigureAwait(false);
