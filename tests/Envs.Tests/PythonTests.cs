using MamlRobotics.Tests.Support;

namespace MamlRobotics.Envs.Tests;

public class PythonTests
{
    private const int Environments = 37, Steps = 250, Seed = 11;

    private static readonly string[] Families =
        ["maml-nav", "pearl-point-sparse-noise", "promp-walls", "arm-goals", "arm-friction", "acrobot", "dmc-reacher-easy"];

    [FactWithPython(steps: true)]
    public void The_packages_own_tests_pass()
    {
        (int code, string output) = Python.Run("-m", "unittest", "discover", "-s", "tests", "-t", ".");
        Assert.True(code == 0, output);
    }

    [FactWithPython(steps: true)]
    public void Python_steps_the_environments_to_the_same_bits()
    {
        string folder = Directory.CreateTempSubdirectory("maml-python-").FullName;
        try
        {
            foreach (string name in Families)
                Record(TaskFamilies.ByName[name]).Write(Path.Combine(folder, name + ".safetensors"));
            (int code, string output) = Python.Run("-m", "tests.same_bits", folder);
            Assert.True(code == 0, output);
            Assert.Equal($"{Families.Length} families, {Families.Length * Environments * Steps} steps: the same bits", output.Trim());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Random actions in environments of one task, with what they lead to. Axes: time, coordinate, environment.</summary>
    private static Safetensors Record(TaskFamily family)
    {
        RandomStream seed = RandomStream.FromSeed(Seed);
        TaskBatch task = family.Tasks.Sample(seed, 1);
        using BatchSimulator simulator = family.CreateSimulator(task, Environments, new SimulatorOptions(AutoReset: true));
        (int acting, int observed) = (family.Spec.Action.Count, family.Spec.Observation.Count);
        List<float> actions = [], observations = [], final = [], rewards = [];
        List<long> ends = [];
        simulator.Reset(seed);
        Add(observations, simulator.Observation, observed);
        for (int t = 0; t < Steps; t++)
        {
            Act(simulator, family, seed.Stream("actions", t));
            Add(actions, i => simulator.Action(i), acting);
            simulator.Step();
            Add(observations, simulator.Observation, observed);
            Add(final, simulator.FinalObservation, observed);
            Add(rewards, _ => simulator.Rewards, 1);
            ends.AddRange(Enumerable.Range(0, Environments)
                .Select(b => (simulator.IsTerminated(0, b) ? 1L : 0) + (simulator.IsTruncated(0, b) ? 2 : 0)));
        }
        var arrays = new Dictionary<string, NamedArray>
        {
            ["task"] = new([task.Columns.Count], task.Row(0).ToArray()),
            ["actions"] = new([Steps, acting, Environments], actions.ToArray()),
            ["observations"] = new([Steps + 1, observed, Environments], observations.ToArray()),
            ["final"] = new([Steps, observed, Environments], final.ToArray()),
            ["rewards"] = new([Steps, Environments], rewards.ToArray()),
            ["ends"] = new([Steps, Environments], ends.ToArray()),
        };
        return new Safetensors(arrays, new Dictionary<string, string> { ["family"] = family.Name, ["seed"] = $"{Seed}" });
    }

    /// <summary>Actions of which a third are beyond the actuators' limits.</summary>
    private static void Act(BatchSimulator simulator, TaskFamily family, RandomStream stream)
    {
        for (int i = 0; i < family.Spec.Action.Count; i++)
            for (int b = 0; b < Environments; b++)
                simulator.Action(i)[b] = (float)(family.ActionUnit * (3 * stream.Uniform(i * Environments + b) - 1.5));
    }

    private static void Add(List<float> values, Func<int, ReadOnlySpan<float>> row, int count)
    {
        for (int i = 0; i < count; i++) values.AddRange(row(i)[..Environments]);
    }
}
