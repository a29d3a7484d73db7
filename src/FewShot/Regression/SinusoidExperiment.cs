using System.Text.Json;
using System.Diagnostics;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>Sinusoid regression with the learner that a configuration names.</summary>
public sealed class SinusoidExperiment : IExperiment<RegressionSamples>
{
    private readonly Device device;
    private readonly Learner<RegressionSamples> learner;
    private readonly RegressionModel model;

    /// <param name="group">The processes that train together; null for this one alone</param>
    public SinusoidExperiment(SinusoidConfig config, Device device, int threads, IProcessGroup? group = null)
    {
        Config = config.Resolved();
        this.device = device;
        Compute.Configure();
        Composition composition = Config.Algorithm.Compose(Config.Setting(Config.Model, device));
        model = new RegressionModel(Config.Network, composition.Stage.Adaptation.Layout, Config.Algorithm as LearnedLoss);
        learner = new Learner<RegressionSamples>(composition, Config.OuterStep, model, Config.Model, device, threads, group);
    }

    public SinusoidConfig Config { get; }
    TrainingConfig IExperiment.Config => Config;

    /// <inheritdoc/>
    public ParameterLayout Model => Config.Model;

    /// <inheritdoc/>
    public MetaLayout Layout => learner.Layout;

    /// <inheritdoc/>
    public (IReadOnlyList<string> Data, IReadOnlyList<(string Column, string Tag)> OuterStep) Columns => ([], []);

    /// <inheritdoc/>
    public IMetaOptimiser<RegressionSamples> Optimiser => learner.Optimiser;

    /// <summary>The tasks on which checkpoints are chosen.</summary>
    public SinusoidTasks ValidationTasks => SinusoidTasks.Draw(Seed.Stream("validation-tasks"), Config.ValidationTasks);

    private RandomStream Seed => RandomStream.FromSeed(Config.Seed);

    /// <inheritdoc/>
    public Tensor CreateInitialMeta() => Layout.Start(Config.Network.Initialise(Seed.Stream("network"))).CopyToTensor(device: device);

    /// <inheritdoc/>
    public IMetaTrainer CreateTrainer() => new MetaTrainer<RegressionSamples>(this);

    /// <inheritdoc/>
    public void WriteTasks(string folder) =>
        AtomicFile.WriteText(Path.Combine(folder, "validation.json"), JsonSerializer.Serialize(ValidationTasks));

    /// <inheritdoc/>
    public IterationData<RegressionSamples> Sample(Tensor meta, int iteration)
    {
        var clock = Stopwatch.StartNew();
        SinusoidTasks tasks = SinusoidTasks.Draw(Seed.Stream("tasks", iteration), Config.MetaBatchSize);
        RandomStream points = Seed.Stream("points", iteration);
        RegressionSamples support = tasks.Sample(points.Stream("support"), Config.Shots, device);
        RegressionSamples query = tasks.Sample(points.Stream("query"), Config.QueryPoints, device);
        IEnumerable<RegressionSamples> supports = Enumerable.Repeat(support, learner.TrainingSteps ?? Config.InnerSteps);
        return new([.. supports, query], [], [], clock.Elapsed.TotalSeconds, AdaptationSeconds: 0) { TaskName = tasks.Describe };
    }

    /// <inheritdoc/>
    public IReadOnlyList<StepScores> Validate(Tensor meta, int iteration)
    {
        SinusoidTasks tasks = ValidationTasks;
        return Evaluate(meta, tasks, tasks.Sample(Seed.Stream("validation-points"), Config.Shots, device), Config.InnerSteps);
    }

    /// <summary>
    /// Computes the mean squared error of every task's network over the whole range of inputs, after 0 to <paramref name="steps"/>
    /// steps.
    /// </summary>
    /// <param name="meta">[Q]</param>
    public IReadOnlyList<StepScores> Evaluate(Tensor meta, SinusoidTasks tasks, RegressionSamples support, int steps)
    {
        const int Points = 100;
        float[] grid = [.. Enumerable.Range(0, Points).Select(i => (float)Input((i + 0.5) / Points))];
        RegressionSamples everywhere = tasks.At([.. Enumerable.Repeat(grid, tasks.Count).SelectMany(inputs => inputs)], device);
        var scores = new List<StepScores>();
        Adapt(meta, support, steps, (step, parameters) =>
        {
            Tensor losses = model.Forward(meta, parameters, everywhere).Outer();
            scores.Add(new StepScores(step, [.. losses.to(float64).cpu().data<double>()]));
        });
        return scores;
    }

    /// <summary>Adapts the networks to their support points by <paramref name="steps"/> steps.</summary>
    /// <param name="meta">[Q]</param>
    /// <param name="seen">Called after 0 to K steps with the number of steps and the parameters, [N, P]</param>
    public void Adapt(Tensor meta, RegressionSamples support, int steps, Action<int, Tensor> seen) => TensorScope.Free(() =>
    {
        Tensor fixedMeta = meta.detach();
        Tensor last = InnerLoop.Run(learner.Objective.Adaptation.Start(fixedMeta, support.TaskCount), steps, (parameters, step) =>
        {
            seen(step, parameters.detach());
            return learner.Objective.Adapt(fixedMeta, parameters, support, step);
        });
        seen(steps, last.detach());
    });

    /// <summary>The outputs of the networks. [N, P] to [N, M, 1]</summary>
    public Tensor Outputs(Tensor parameters, RegressionSamples samples) =>
        Config.Network.Forward(parameters, samples.Inputs).contiguous();

    public void Dispose() => learner.Dispose();

    private static double Input(double share) =>
        SinusoidTasks.LowestInput + (SinusoidTasks.HighestInput - SinusoidTasks.LowestInput) * share;
}
