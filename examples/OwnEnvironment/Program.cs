// Registers a new environment and checks it. With arguments it runs the commands of maml, which then know the environment by its name.
// Run: dotnet run -c Release --project examples/OwnEnvironment
//      dotnet run -c Release --project examples/OwnEnvironment -- train examples/OwnEnvironment/pendulum.json --out runs/pendulum
//      dotnet run -c Release --project examples/OwnEnvironment -- eval runs/pendulum --tasks heldout:10

using MamlRobotics.Cli;
using MamlRobotics.Envs;

var pendulum = new Pendulum();
TaskFamily family = TaskFamily.Of("pendulum", pendulum, TaskDistributions.Uniform([.. pendulum.Spec.Task])) with
{
    Source = "this example",
    Summary = "Swing-up of a pendulum of unknown mass and length.",
};
TaskFamilies.Register(family);
if (args.Length > 0) return CommandLine.Run(args);

EnvironmentContract.Check(family);
Console.WriteLine("The contract holds on the double reference and in SIMD lanes.");
SimulatorSpeed speed = SimulatorSpeed.Measure(family, environments: 4096, threads: 1, seconds: 1);
Console.WriteLine($"{speed.StepsPerSecond / 1e6:F0} million steps/s on one thread");
return 0;
