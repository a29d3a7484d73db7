using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

public sealed class SinusoidTests : IDisposable
{
    private static readonly SinusoidConfig Small = new()
    {
        Iterations = 4, MetaBatchSize = 3, InnerSteps = 2, InnerLearningRates = [0.01], Shots = 5, HiddenSizes = [8], ValidationEvery = 2,
        ValidationTasks = 4, CheckpointEvery = 2, Optimiser = new AdamOptions { Epochs = 1 },
    };

    private readonly string root = Directory.CreateTempSubdirectory("maml-sinusoid-").FullName;

    /// <summary>What a policy needs is not there: its recipes are no part of the core.</summary>
    public static TheoryData<string> Learners => [.. Names];

    /// <summary>The learners that take inner steps in training.</summary>
    public static TheoryData<string> Adapting => [.. Names.Where(name => name != "pretrained")];

    private static IEnumerable<string> Names =>
        Catalog<Recipe>.Names.Where(name => Catalog<Recipe>.Create(name).Any(recipe => recipe.Suits(typeof(RegressionSamples))));

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Nothing_of_reinforcement_learning_is_referred_to() =>
        Assert.DoesNotContain(typeof(SinusoidConfig).Assembly.GetReferencedAssemblies(), name => name.Name == "MamlRobotics.MetaRL");

    [Fact]
    public void Functions_are_sinusoids_of_the_papers_amplitudes_and_phases()
    {
        SinusoidTasks tasks = SinusoidTasks.Draw(RandomStream.FromSeed(1), 2000);
        Assert.All(tasks.Amplitudes, amplitude => Assert.InRange(amplitude, 0.1, 5));
        Assert.All(tasks.Phases, phase => Assert.InRange(phase, 0, Math.PI));
        // The means of uniform draws, within four standard errors.
        Assert.Equal(2.55, tasks.Amplitudes.Average(), tolerance: 4 * 4.9 / Math.Sqrt(12 * 2000));
        Assert.Equal(Math.PI / 2, tasks.Phases.Average(), tolerance: 4 * Math.PI / Math.Sqrt(12 * 2000));
        // Zero at the phase, the amplitude a quarter of a period behind it.
        Assert.Equal(0, tasks.Value(7, tasks.Phases[7]), 12);
        Assert.Equal(tasks.Amplitudes[7], tasks.Value(7, tasks.Phases[7] + Math.PI / 2), 12);
    }

    [Fact]
    public void Points_lie_on_their_function_and_do_not_depend_on_their_number()
    {
        using DisposeScope scope = NewDisposeScope();
        SinusoidTasks tasks = SinusoidTasks.Draw(RandomStream.FromSeed(1), 3);
        RegressionSamples few = tasks.Sample(RandomStream.FromSeed(2), 4, CPU), many = tasks.Sample(RandomStream.FromSeed(2), 9, CPU);
        float[] inputs = [.. many.Inputs.data<float>()], targets = [.. many.Targets.data<float>()];
        Assert.All(inputs, input => Assert.InRange(input, -5, 5));
        for (int i = 0; i < inputs.Length; i++) Assert.Equal(tasks.Value(i / 9, inputs[i]), targets[i], 5);
        Assert.Equal(inputs[..4], few.Inputs[0].contiguous().data<float>().ToArray());
    }

    /// <summary>Of a linear network with one weight and one bias, the gradient of the mean squared error by hand.</summary>
    [Fact]
    public void An_inner_step_descends_the_mean_squared_error()
    {
        using DisposeScope scope = NewDisposeScope();
        using SinusoidExperiment experiment = (Small with { HiddenSizes = [], InnerSteps = 1 }).CreateExperiment(CPU, threads: 1);
        float[] x = [1, 2], y = [3, -1];
        var support = new RegressionSamples(tensor(x, [1, 2, 1]), tensor(y, [1, 2, 1]));
        var seen = new List<float[]>();
        void See(int step, Tensor parameters) => seen.Add([.. parameters.contiguous().data<float>()]);
        experiment.Adapt(tensor(new[] { 0.5f, 0.25f }), support, 1, See);
        float[] error = [0.5f * x[0] + 0.25f - y[0], 0.5f * x[1] + 0.25f - y[1]];
        Assert.Equal([0.5f, 0.25f], seen[0]);
        Assert.Equal(0.5f - 0.01f * (error[0] * x[0] + error[1] * x[1]), seen[1][0], 5);
        Assert.Equal(0.25f - 0.01f * (error[0] + error[1]), seen[1][1], 5);
    }

    [Fact]
    public void A_learned_loss_of_zero_is_the_squared_error_and_another_leads_elsewhere()
    {
        using DisposeScope scope = NewDisposeScope();
        SinusoidConfig config = Small with { InnerSteps = 1, Algorithm = new LearnedLoss { HiddenSizes = [3] } };
        using SinusoidExperiment learned = config.CreateExperiment(CPU, threads: 1);
        using SinusoidExperiment plain = (config with { Algorithm = new Maml() }).CreateExperiment(CPU, threads: 1);
        RegressionSamples support = SinusoidTasks.Draw(RandomStream.FromSeed(1), 2).Sample(RandomStream.FromSeed(2), 5, CPU);
        Tensor meta = learned.CreateInitialMeta(), without = meta.clone();
        learned.Layout.Block(without, "loss").zero_();
        float[] expected = Adapted(plain, plain.Layout.Theta(meta)), zero = Adapted(learned, without);
        Assert.Equal(expected, zero);
        Assert.NotEqual(expected, Adapted(learned, meta));

        float[] Adapted(SinusoidExperiment experiment, Tensor from)
        {
            float[] last = [];
            experiment.Adapt(from, support, 1, (_, parameters) => last = [.. parameters.contiguous().data<float>()]);
            return last;
        }
    }

    /// <summary>The answer without adaptation is the mean function; five points tell most of what is left.</summary>
    [Fact]
    public void Training_halves_the_error_that_one_step_leaves()
    {
        SinusoidConfig config = Small with
        {
            Iterations = 600, MetaBatchSize = 20, InnerSteps = 1, InnerLearningRates = [0.02], Shots = 10, HiddenSizes = [40, 40],
            ValidationEvery = 600, ValidationTasks = 100,
            Optimiser = new AdamOptions { Epochs = 1, LearningRate = 5e-3, MaximumGradientNorm = 10 },
        };
        (double before, double after) = (Losses(config with { Iterations = 1, ValidationEvery = 1 })[1], Losses(config)[1]);
        Assert.True(after < 0.5 * before, $"{before} before, {after} after");
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void Every_learner_of_the_core_trains_resumes_exactly_and_does_not_depend_on_threads(string name)
    {
        SinusoidConfig config = Small with { Algorithm = Learner(name) };
        string whole = Train(config, "whole", threads: 1), other = Train(config, "threads", threads: 2);
        string stopped = Path.Combine(root, "stopped");
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(stopped), config, CPU, 1))
        {
            using var stop = new CancellationTokenSource();
            run.Run(report => { if (report.Iteration == 3) stop.Cancel(); }, stop.Token);
        }
        RunFolder folder = RunFolder.Open(stopped);
        using (TrainingRun run = TrainingRun.Resume(folder, Checkpoint.Read(folder.Latest), CPU, 2))
            run.Run(_ => { }, CancellationToken.None);
        Assert.Equal(Numbers(whole), Numbers(other));
        Assert.Equal(Numbers(whole), Numbers(stopped));
    }

    [Fact]
    public void A_trust_region_is_refused_for_it_bounds_what_regression_does_not_have()
    {
        const string Config = """{ "problem": "sinusoid", "optimiser": "trpo" }""";
        string message = Assert.Throws<InputException>(() => ConfigFormat.Parse(Config, "test", [])).Message;
        Assert.Contains("set optimiser to adam or sgd", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Without_a_word_on_the_outer_step_it_is_one_that_regression_can_take() =>
        Assert.Equal(1, Assert.IsType<AdamOptions>(ConfigFormat.Parse("""{ "problem": "sinusoid" }""", "test", []).Optimiser).Epochs);

    [Fact]
    public void A_setting_chooses_the_problem_before_the_other_keys_are_read()
    {
        Assert.Equal(7, Assert.IsType<SinusoidConfig>(ConfigFormat.Parse("{}", "test", ["shots=7", "problem=sinusoid"])).Shots);
        string message = Assert.Throws<InputException>(() => ConfigFormat.Parse("{}", "test", ["problem=sinusoids"])).Message;
        Assert.Contains("problem must be one of", message);
    }

    [Fact]
    public void A_configuration_names_its_problem_and_survives_being_written()
    {
        TrainingConfig read = ConfigFormat.Parse(ConfigFormat.ToJson(Small), "test", ["shots=7"]);
        Assert.Equal(7, Assert.IsType<SinusoidConfig>(read).Shots);
        Assert.Equal(ConfigFormat.ToJson(Small), ConfigFormat.ToJson(ConfigFormat.Parse(ConfigFormat.ToJson(Small), "test", [])));
    }

    [Fact]
    public void A_picture_shows_the_networks_that_an_evaluation_judges()
    {
        string path = Train(Small, "picture", threads: 1);
        Checkpoint checkpoint = Checkpoint.Read(RunFolder.LatestIn(path));
        using var adapter = new CurveAdapter(checkpoint, (SinusoidConfig)checkpoint.Config);
        (float, float)[] points = [(-3, 1), (0.5f, -2)];
        CurveAdaptation adaptation = adapter.Adapt(points, steps: 3);
        Assert.Equal(4, adaptation.Curves.Count);
        Assert.Equal(points, adaptation.Points);
        Assert.Null(adaptation.Losses);
        // Gradient steps on these very points bring the curve nearer to them.
        Assert.True(adaptation.Errors[3] < adaptation.Errors[0]);
        int at = adaptation.Inputs.ToList().FindIndex(input => Math.Abs(input - 0.5f) < 1e-5);
        double error = (Math.Pow(Interpolated(adaptation, 3, -3) - 1, 2) + Math.Pow(adaptation.Curves[3][at] + 2, 2)) / 2;
        Assert.Equal(error, adaptation.Errors[3], 3);
    }

    /// <summary>A step so long that the network overflows stops every learner, which names the function and keeps its checkpoint.</summary>
    [Theory]
    [MemberData(nameof(Adapting))]
    public void A_training_that_overflows_says_where_and_keeps_its_last_good_checkpoint(string learner)
    {
        SinusoidConfig config = Small with { Algorithm = Learner(learner), InnerLearningRates = [1e30] };
        string path = Path.Combine(root, "overflow");
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(path), config, CPU, threads: 1))
        {
            string message = Assert.Throws<TrainingException>(() => run.Run(_ => { }, CancellationToken.None)).Message;
            const string Task = @"Task [123] \(amplitude [0-9.]+, phase [0-9.]+\)";
            Assert.Matches($"^Iteration 1, outer step: {Task} has an? .* that is not finite; .* is kept\\.$", message);
        }
        Checkpoint latest = Checkpoint.Read(RunFolder.LatestIn(path));
        Assert.Equal(0, latest.Iteration);
        Assert.All(Numbers(path), value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>
    /// With longer and longer inner steps, one of the many tasks of the validation overflows before the only one of the training does.
    /// </summary>
    [Fact]
    public void A_validation_that_overflows_stops_the_training()
    {
        SinusoidConfig config = Small with
        {
            Algorithm = new Reptile(), Optimiser = new SgdOptions { LearningRate = 1e-12, Epochs = 1 }, HiddenSizes = [],
            Iterations = 1, ValidationEvery = 1, MetaBatchSize = 1, InnerSteps = 1, ValidationTasks = 200,
        };
        string? message = null;
        for (double rate = 1e16; message is null; rate *= 1.5) message = Failure(config with { InnerLearningRates = [rate] });
        Assert.Matches("^Iteration 1, validation: Task [0-9]+ has a loss that is not finite after 1 gradient step: the gradient", message);
    }

    private static string? Failure(SinusoidConfig config)
    {
        using DisposeScope scope = NewDisposeScope();
        using SinusoidExperiment experiment = config.CreateExperiment(CPU, threads: 1);
        using IMetaTrainer trainer = experiment.CreateTrainer();
        return Record.Exception(() => trainer.Run(_ => { }, CancellationToken.None)) is TrainingException problem ? problem.Message : null;
    }

    private static double Interpolated(CurveAdaptation adaptation, int step, float input) =>
        adaptation.Curves[step][adaptation.Inputs.ToList().FindIndex(other => Math.Abs(other - input) < 1e-5)];

    private static double[] Losses(SinusoidConfig config)
    {
        using DisposeScope scope = NewDisposeScope();
        using SinusoidExperiment experiment = config.CreateExperiment(CPU, threads: 1);
        using IMetaTrainer trainer = experiment.CreateTrainer();
        double[] losses = [];
        trainer.Run(report => losses = [.. report.Validation?.Select(step => step.Mean) ?? losses], CancellationToken.None);
        return losses;
    }

    private string Train(SinusoidConfig config, string name, int threads)
    {
        string path = Path.Combine(root, name);
        using TrainingRun run = TrainingRun.Start(RunFolder.Create(path), config, CPU, threads);
        run.Run(_ => { }, CancellationToken.None);
        return path;
    }

    private static float[] Numbers(string run)
    {
        Checkpoint latest = Checkpoint.Read(RunFolder.LatestIn(run));
        return [.. latest.Theta, .. latest.Learned.SelectMany(block => (float[])block.Array.Data)];
    }

    private static Recipe Learner(string name) => Catalog<Recipe>.Create(name).Single(recipe => recipe.Suits(typeof(RegressionSamples)));
}
