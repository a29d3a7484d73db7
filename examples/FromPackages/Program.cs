// Steps environments, trains a policy for a few seconds and adapts it to a task. scripts/try-packages.sh builds it from the packages alone.
// Run: dotnet run -c Release --project examples/FromPackages

using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.MetaRL;
using MamlRobotics.Policies;

NativeTorch.Load();
RandomStream seed = RandomStream.FromSeed(1);
TaskFamily family = TaskFamilies.Named("maml-nav");
using BatchSimulator simulator = family.CreateSimulator(family.Tasks.Sample(seed, 1), trajectoriesPerTask: 64);
simulator.Reset(seed);
simulator.Action(0).Fill(0.1f);
for (int t = 0; t < 5; t++) simulator.Step();
Console.WriteLine($"after 5 steps along x: x {simulator.Observation(0)[0]:F2} m, reward {simulator.Rewards[0]:F2}");

MetaTrainingConfig config = ConfigReader.Parse("""{ "iterations": 10, "hiddenSizes": [32], "optimiser": "adam" }""", "This program", []);
using var experiment = new Experiment(config, TorchSharp.torch.CPU, threads: 1);
using IMetaTrainer trainer = experiment.CreateTrainer();
trainer.Run(report => Console.WriteLine($"iteration {report.Iteration}: return {report.Scores[^1]:F1}"), default);

TensorScope.Free(() =>
{
    AdaptationData adapted = experiment.Sampler.Sample(trainer.Meta, family.TestTasks.Slice(0, 1), steps: 1, trajectories: 20, seed);
    foreach ((int step, Rollouts batch) in adapted.Batches.Index())
        Console.WriteLine($"after {step} gradient steps: return {batch.MeanReturn:F1}");
});
