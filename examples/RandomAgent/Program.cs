// Plays one episode of every trajectory of some tasks with random actions and prints the mean return of each task.
// Run: dotnet run --project examples/RandomAgent -- arm-goals

using MamlRobotics.Envs;

const int Tasks = 4, Trajectories = 100;
TaskFamily family = TaskFamilies.ByName[args.Length > 0 ? args[0] : "maml-nav"];
RandomStream seed = RandomStream.FromSeed(1);
TaskBatch tasks = family.Tasks.Sample(seed.Stream("tasks"), Tasks);

using BatchSimulator simulator = family.CreateSimulator(tasks, Trajectories, new SimulatorOptions(Threads: Environment.ProcessorCount));
simulator.Reset(seed.Stream("starts"));
var returns = new double[Tasks];
for (int t = 0; t < family.Spec.Horizon; t++)
{
    for (int i = 0; i < family.Spec.Action.Count; i++)
    {
        // One row per coordinate, one column per environment.
        Span<float> actions = simulator.Action(i);
        double limit = double.IsFinite(family.Spec.Action[i].High) ? family.Spec.Action[i].High : 1;
        RandomStream noise = seed.Stream("noise", t * family.Spec.Action.Count + i);
        for (int column = 0; column < actions.Length; column++) actions[column] = (float)(limit * (2 * noise.Uniform(column) - 1));
    }
    simulator.Step();
    for (int task = 0; task < Tasks; task++)
        foreach (float reward in simulator.Rewards.Slice(task * simulator.Stride, Trajectories)) returns[task] += reward / Trajectories;
}
for (int task = 0; task < Tasks; task++)
{
    IEnumerable<string> parameters = tasks.Columns.Zip(tasks.Row(task).ToArray(), (name, value) => $"{name} {value:F3}");
    Console.WriteLine($"{string.Join(", ", parameters)}: mean return {returns[task]:F3}");
}
