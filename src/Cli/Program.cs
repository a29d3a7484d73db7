return MamlRobotics.Cli.CommandLine.Run(args);
