// Loads the best policy of a training run, adapts it to one task, and plays an episode with the adapted policy.
// Run: dotnet run -c Release --project examples/AdaptedPolicy -- runs/first

using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.MetaRL;
using MamlRobotics.Policies;

const int GradientSteps = 3, TrajectoriesPerStep = 20;
NativeTorch.Load();
Checkpoint checkpoint = Checkpoint.Read(Path.Combine(args[0], "checkpoints", "best.safetensors"));
using var experiment = new Experiment(checkpoint.PolicyConfig(), CPU, threads: 1);
RandomStream seed = RandomStream.FromSeed(1);
// One task: a row with a number for each column. Here the first test task of the family that the policy was trained on.
TaskBatch task = experiment.Family.TestTasks.Slice(0, 1);
IEnumerable<string> columns = task.Columns.Zip(task.Row(0).ToArray(), (name, value) => $"{name} {value:F3}");
Console.WriteLine($"{experiment.Family.Name}: {string.Join(", ", columns)}");

TensorScope.Free(() => // frees every tensor that is made in it
{
    AdaptationData adaptation = experiment.Sampler.Sample(checkpoint.Meta(CPU), task, GradientSteps, TrajectoriesPerStep, seed);
    foreach ((int step, Rollouts batch) in adaptation.Batches.Index())
        Console.WriteLine($"after {step} gradient steps: mean return {batch.MeanReturn:F3}");

    // The policy is a function of its parameters, [1, P] for one task: from observations to a distribution of actions.
    Tensor adapted = adaptation.Parameters[GradientSteps];
    Trajectory episode = experiment.Sampler.Act(adapted, task, GradientSteps, seed)[0];
    Console.WriteLine($"one episode by its mean actions: return {episode.Return:F3} in {episode.Steps} steps");
});
