using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Every network adapts by the same code: derivatives, rollouts and returns of each.</summary>
public class PolicyNetworkTests
{
    public static TheoryData<string> Names => ["mlp", "linear", "convolutional", "gru", "state-dependent std"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_meta_gradient_is_the_central_difference_of_the_outer_loss(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        SmallProblem problem = Problem(name, steps: 2);
        double[] point = problem.Meta.data<double>().ToArray();
        Tensor leaf = tensor(point, requires_grad: true);
        double[] gradient = autograd.grad([problem.Objective.Evaluate(leaf, problem.Batches).Loss], [leaf])[0].data<double>().ToArray();
        Assert.True(gradient.Max(Math.Abs) > 1e-3);
        const double Step = 1e-5;
        // A recurrent network takes its time, so not every coordinate of it is checked.
        for (int i = 0; i < point.Length; i += name == "gru" ? 9 : 1)
        {
            double difference = (Loss(i, Step) - Loss(i, -Step)) / (2 * Step);
            Assert.Equal(difference, gradient[i], tolerance: 1e-8 + 1e-6 * Math.Abs(difference));
        }

        double Loss(int coordinate, double offset)
        {
            double[] moved = [.. point];
            moved[coordinate] += offset;
            return problem.Objective.Evaluate(tensor(moved, requires_grad: true), problem.Batches).Loss.item<double>();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Curvature_products_are_those_of_the_plain_double_backward(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        SmallProblem problem = Problem(name, steps: 1);
        Tensor vector = tensor(Enumerable.Range(0, problem.Layout.Count).Select(i => Math.Cos(1.7 * i)).ToArray());
        Tensor expected = problem.DoubleBackward(vector);
        Tensor product = problem.Parallel(threads: 2, samplesAtOnce: 1).Curvature(problem.Meta, problem.Batches, stride: 1).Product(vector);
        Assert.True(expected.norm().item<double>() > 1e-3);
        double error = ((product - expected).norm() / expected.norm()).item<double>();
        Assert.True(error < 1e-6, $"relative error {error}");
    }

    /// <summary>Three steps of the plain policy gradient bring an untrained policy nearer to its goal.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_policy_adapts_to_the_goals_of_the_point_world(string name)
    {
        MetaTrainingConfig config = Config(name);
        using var experiment = new Experiment(config, CPU, threads: 2);
        using Tensor meta = experiment.CreateInitialMeta();
        // With smaller weights than usual, every untrained policy stands still on average.
        meta.narrow(0, 0, experiment.Policy.Layout.Block(GaussianPolicy.LogStdBlock).Offset).mul_(Number(0.1));
        TaskBatch goals = new(["goal_x", "goal_y"], [0.4, 0.4, -0.4, 0.4, 0.4, -0.4, -0.4, -0.4]);
        IReadOnlyList<StepEvaluation> steps = Evaluator.Evaluate(
            experiment.Sampler, experiment.Family, meta, goals, 3, 40, RandomStream.FromSeed(1));
        Assert.All(Enumerable.Range(0, goals.Count), task => Assert.True(
            steps[3].Returns[task] > steps[0].Returns[task] + 1, $"{steps[0].Returns[task]} before, {steps[3].Returns[task]} after"));
    }

    /// <summary>One trajectory and sizes that fill no register make the products in which MKL heeds where memory lies.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void An_iteration_gives_the_same_bits_for_any_number_of_threads_and_frees_its_tensors(string name)
    {
        float[] one = Train(1);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.Equal(one, Train(1));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(one, Train(3));

        float[] Train(int threads)
        {
            MetaTrainingConfig config = Config(name) with
            {
                Optimiser = new AdamOptions { Epochs = 2 }, Iterations = 1,
                MetaBatchSize = 3, TrajectoriesPerTask = 1, ValidationTasks = 1, ValidationTrajectories = 1,
            };
            using var experiment = new Experiment(config, CPU, threads);
            using var trainer = new MetaTrainer<SampleBatch>(experiment);
            trainer.Run(_ => { }, CancellationToken.None);
            return trainer.Meta.data<float>().ToArray();
        }
    }

    [Theory]
    [InlineData("""{ "network": "gru", "hiddenSizes": [] }""", "hiddenSizes must have at least one number with network gru")]
    [InlineData("""{ "network": "gru", "trpo": { "curvatureStride": 2 } }""", "trpo.curvatureStride must be 1 with network gru")]
    [InlineData("""{ "network": "convolutional", "channels": [] }""", "channels must be a list of at least one number")]
    [InlineData("""{ "network": "gru", "algorithm": "cavia" }""", "network must be mlp with cavia")]
    [InlineData("""{ "algorithm": "rl2" }""", "network must be gru with rl2")]
    [InlineData("""{ "network": "cnn" }""", "network must be one of mlp, gru, convolutional")]
    [InlineData("""{ "network": "gru", "hiddenSizes": [100000] }""", "parameters to learn")]
    public void A_network_that_cannot_be_used_is_refused_in_one_line(string json, string expected)
    {
        string message = Assert.Throws<InputException>(() => ConfigReader.Parse(json, "test", [])).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static SmallProblem Problem(string name, int steps) =>
        new(InnerObjective.LogLikelihood, LearnedStepSizes.None, Small(name), steps, firstOrder: false);

    private static GaussianPolicy Small(string name) => name switch
    {
        "linear" => new GaussianMlp(2, 2, [], Activation.Tanh, 1e-6),
        "convolutional" => new GaussianConvolution(2, 2, cells: 6, halfWidth: 0.05, [2, 2], [3], Activation.Silu, 1e-6),
        "gru" => new GaussianGru(2, 2, [3, 4], Activation.Elu, 1e-6),
        "state-dependent std" => new GaussianMlp(2, 2, [4], Activation.Tanh, 1e-6, stateDependentStd: true),
        _ => new GaussianMlp(2, 2, [4, 3], Activation.Silu, 1e-6),
    };

    private static MetaTrainingConfig Config(string name) => ExperimentTests.Small with
    {
        InnerLearningRates = [0.5],
        Activation = Activation.Tanh,
        HiddenSizes = name == "linear" ? [] : [6, 5],
        StateDependentStd = name == "state-dependent std",
        Network = name switch
        {
            "convolutional" => PolicyNetwork.Convolutional,
            "gru" => PolicyNetwork.Gru,
            _ => PolicyNetwork.Mlp,
        },
    };
}
