// Registers an environment of one's own, checks it and steps it.
// Run: dotnet run -c Release --project examples/OwnEnvironment

using MamlRobotics.Envs;

var pendulum = new Pendulum();
TaskFamily family = TaskFamily.Of("pendulum", pendulum, TaskDistributions.Uniform([.. pendulum.Spec.Task])) with
{
    Source = "this example",
    Summary = "Swing-up of a pendulum of unknown mass and length.",
};
// From here on configurations, simulators and commands know it by its name.
TaskFamily.Register(family);

EnvironmentContract.Check(family);
Console.WriteLine("The contract holds on the double reference and in SIMD lanes.");
Console.WriteLine($"{SimulatorSpeed.Measure(family, environments: 4096, threads: 1, seconds: 1).StepsPerSecond / 1e6:F0} million steps/s on one thread");
