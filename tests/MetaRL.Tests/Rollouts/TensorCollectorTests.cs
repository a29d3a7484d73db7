using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Sampling in tensors against sampling without: the same episodes, the same samples, the same learning.</summary>
public class TensorCollectorTests
{
    private const int Trajectories = 6;
    private static readonly CollectorOptions Options = new(ActionUnit: 0.1, Discount: 0.95, GaeLambda: 0.9, NormaliseAdvantages: false);

    // These have episodes that end early, that are all truncated, that start at random, that are relocated, and of other sizes.
    public static TheoryData<string, bool> Families => new()
    {
        { "maml-nav", false }, { "maml-nav", true }, { "promp-momentum", true },
        { "gymnax-point", false }, { "pearl-point-sparse", false }, { "arm-goals", true },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void Both_collectors_give_the_same_rollouts(string family, bool normalise) => Compare(family, normalise, CPU);

    [Fact]
    public void Both_collectors_keep_the_same_trajectories()
    {
        using DisposeScope scope = NewDisposeScope();
        (Rollouts fused, Rollouts tensors) = Collect("maml-nav", Options, CPU, keep: true);
        IEnumerable<Trajectory> ones = fused.Trajectories.SelectMany(task => task);
        IEnumerable<Trajectory> others = tensors.Trajectories.SelectMany(task => task);
        foreach ((Trajectory one, Trajectory other) in ones.Zip(others))
        {
            Assert.Equal(one.Terminated, other.Terminated);
            Close(one.States, other.States, 1e-4);
            Close(one.Rewards, other.Rewards, 1e-4);
        }
        Assert.Equal([3, 3], [fused.Trajectories.Count, tensors.Trajectories.Count]);
        Assert.Contains(tensors.Trajectories[0], trajectory => trajectory.Terminated && trajectory.Steps < 100);
    }

    [Fact]
    public void Acting_by_the_mean_takes_no_noise()
    {
        using DisposeScope scope = NewDisposeScope();
        SampleBatch batch = Collect("maml-nav", Options, CPU, deterministic: true).Tensors.Samples;
        Assert.Equal(0, (batch.Actions - batch.Sampler.Mean).abs().max().item<float>());
    }

    [Fact]
    public void Samples_hold_no_graph()
    {
        using DisposeScope scope = NewDisposeScope();
        (TaskFamily family, GaussianMlp policy, Tensor parameters, TaskBatch tasks) = Setting("maml-nav");
        var collector = new TensorCollector(family, policy, Options, CPU);
        Rollouts rollouts = collector.Collect(parameters.requires_grad_(), tasks, 2, RandomStream.FromSeed(1));
        Assert.All(rollouts.Tensors, tensor => Assert.False(tensor.requires_grad));
    }

    internal static void Compare(string family, bool normalise, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        (Rollouts fused, Rollouts tensors) = Collect(family, Options with { NormaliseAdvantages = normalise }, device);
        Assert.Equal(fused.LiveSteps, tensors.LiveSteps);
        Assert.Equal(fused.ExplainedVariance, tensors.ExplainedVariance, tolerance: 1e-3);
        Close(fused.Returns.SelectMany(task => task), tensors.Returns.SelectMany(task => task), 1e-3);
        foreach ((Tensor one, Tensor other) in fused.Samples.Tensors.Zip(tensors.Samples.Tensors))
        {
            Assert.Equal(one.shape, other.shape);
            Close(Numbers(one), Numbers(other), 2e-3);
        }
    }

    private static (Rollouts Fused, Rollouts Tensors) Collect(
        string name, CollectorOptions options, Device device, bool keep = false, bool deterministic = false)
    {
        (TaskFamily family, GaussianMlp policy, Tensor parameters, TaskBatch tasks) = Setting(name);
        RandomStream stream = RandomStream.FromSeed(4);
        return (
            new FusedCollector(family, policy, options, threads: 1).Collect(parameters, tasks, Trajectories, stream, deterministic, keep),
            new TensorCollector(family, policy, options, device)
                .Collect(parameters.to(device), tasks, Trajectories, stream, deterministic, keep));
    }

    private static (TaskFamily, GaussianMlp, Tensor, TaskBatch) Setting(string name)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        var policy = new GaussianMlp(family.Spec.Observation.Count, family.Spec.Action.Count, [16, 16], Activation.Tanh, minStd: 1e-6);
        RandomStream seed = RandomStream.FromSeed(1);
        float[] Initial(int task) => policy.Initialise(seed.Stream("policy", task), initialStd: 0.15);
        float[] parameters = [.. Enumerable.Range(0, 3).SelectMany(Initial)];
        TaskBatch tasks = name == "maml-nav" ? SmallProblem.RaggedGoals : family.Tasks.Sample(seed, 3);
        return (family, policy, tensor(parameters, [3, policy.Layout.Count]), tasks);
    }

    private static IEnumerable<double> Numbers(Tensor values) =>
        values.cpu().contiguous().data<float>().ToArray().Select(value => (double)value);

    private static void Close(IEnumerable<float> one, IEnumerable<float> other, double tolerance) =>
        Close(one.Select(value => (double)value), other.Select(value => (double)value), tolerance);

    private static void Close(IEnumerable<double> one, IEnumerable<double> other, double tolerance)
    {
        Assert.Equal(one.Count(), other.Count());
        Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, tolerance: tolerance * (1 + Math.Abs(pair.First))));
    }
}
