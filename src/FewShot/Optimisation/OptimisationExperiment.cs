using System.Diagnostics;
using System.Text.Json;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>Learns an optimiser on the functions that a configuration names.</summary>
public sealed class OptimisationExperiment : IExperiment<OptimiseeSamples>
{
    private readonly Device device;
    private readonly int threads;
    private readonly Learner<OptimiseeSamples> learner;
    private readonly OptimiserNetwork network;
    private readonly Lazy<(OptimiseeSource Training, OptimiseeSource Validation)> sources;

    /// <param name="data">The pictures to learn from; null for those that the configuration names</param>
    /// <param name="group">The processes that train together; null for this one alone</param>
    public OptimisationExperiment(OptimisationConfig config, Device device, int threads, ImageSet? data = null, IProcessGroup? group = null)
    {
        Config = config.Resolved();
        (this.device, this.threads) = (device, threads);
        Compute.Configure();
        network = Config.Network;
        Composition composition = Config.Algorithm.Compose(Config.Setting(network.Layout, device));
        learner = new Learner<OptimiseeSamples>(composition, Config.OuterStep, network, network.Layout, device, threads, group);
        sources = new(() => Sources(data));
    }

    public OptimisationConfig Config { get; }
    TrainingConfig IExperiment.Config => Config;

    /// <inheritdoc/>
    public ParameterLayout Model => network.Layout;

    /// <inheritdoc/>
    public MetaLayout Layout => learner.Layout;

    /// <inheritdoc/>
    public (IReadOnlyList<string> Data, IReadOnlyList<(string Column, string Tag)> OuterStep) Columns => ([], []);

    /// <inheritdoc/>
    public IMetaOptimiser<OptimiseeSamples> Optimiser => learner.Optimiser;

    /// <summary>The functions of training, on which rates of other optimisers are tuned too.</summary>
    public OptimiseeSource TrainingSource => sources.Value.Training;

    private RandomStream Seed => RandomStream.FromSeed(Config.Seed);

    /// <inheritdoc/>
    public Tensor CreateInitialMeta() => Layout.Start(network.Initialise(Seed.Stream("network"))).CopyToTensor(device: device);

    /// <inheritdoc/>
    public IMetaTrainer CreateTrainer()
    {
        // Data that is not there is reported before anything is written.
        _ = sources.Value;
        return new MetaTrainer<OptimiseeSamples>(this);
    }

    /// <inheritdoc/>
    public void WriteTasks(string folder)
    {
        var tasks = new { stream = "validation", seed = Config.Seed, count = Config.ValidationTasks };
        AtomicFile.WriteText(Path.Combine(folder, "validation.json"), JsonSerializer.Serialize(tasks));
    }

    /// <summary>
    /// Draws functions, and minimises them by the present optimiser as far as the part of the way that this iteration learns from. The
    /// iterations take turns with the parts.
    /// </summary>
    public IterationData<OptimiseeSamples> Sample(Tensor meta, int iteration)
    {
        var clock = Stopwatch.StartNew();
        int unroll = Config.Learner.Unroll, steps = iteration % (Config.InnerSteps / unroll) * unroll;
        int first = iteration * Config.MetaBatchSize;
        Optimisees functions = TrainingSource.Draw(Seed.Stream("training"), first, Config.MetaBatchSize);
        Tensor start = TrainingSource.Starts(Seed.Stream("training"), first, Config.MetaBatchSize);
        double drawing = clock.Elapsed.TotalSeconds;
        Minimisation at = Run(RuleOf(meta), functions, start, steps, (_, _, _) => { });
        var samples = new OptimiseeSamples(functions, at.Points, at.State[0], steps);
        return new([samples], [], [], drawing, clock.Elapsed.TotalSeconds - drawing);
    }

    /// <inheritdoc/>
    public IReadOnlyList<StepScores> Validate(Tensor meta, int iteration) =>
        Evaluate(RuleOf(meta), sources.Value.Validation, Seed.Stream("validation"), Config.ValidationTasks);

    /// <summary>The learned optimiser.</summary>
    /// <param name="meta">[Q]</param>
    public IStepRule RuleOf(Tensor meta) => network.RuleOf(Layout.Theta(meta).unsqueeze(0));

    /// <summary>The values of functions after 0 to K steps of an optimiser.</summary>
    /// <param name="stream">Function i of the result is function i of this stream.</param>
    public IReadOnlyList<StepScores> Evaluate(IStepRule rule, OptimiseeSource source, RandomStream stream, int count)
    {
        var losses = new double[Config.InnerSteps + 1][];
        for (int step = 0; step < losses.Length; step++) losses[step] = new double[count];
        TensorScope.Free(() =>
        {
            Run(rule, source.Draw(stream, 0, count), source.Starts(stream, 0, count), Config.InnerSteps, (first, step, values) =>
                values.to(float64).cpu().data<double>().CopyTo(losses[step], first));
        });
        return [.. losses.Select((values, step) => new StepScores(step, values))];
    }

    public void Dispose()
    {
        learner.Dispose();
        if (!sources.IsValueCreated) return;
        sources.Value.Training.Dispose();
        sources.Value.Validation.Dispose();
    }

    /// <summary>The functions that a configuration names, of some pictures if there are any in them.</summary>
    public OptimiseeSource SourceOf(ImageSet? pictures) => pictures is null
        ? new QuadraticSource(Config.Dimensions, Config.StartDeviation, device) : new DigitSource(pictures, Config, device);

    /// <summary>Minimises functions, some on each thread.</summary>
    /// <param name="seen">Takes the number of the first function, the number of steps and the losses of some functions</param>
    private Minimisation Run(IStepRule rule, Optimisees functions, Tensor start, int steps, Action<int, int, Tensor> seen)
    {
        // So many coordinates of a network's memory stay in a cache of the processor.
        const long CoordinatesAtOnce = 1L << 14, LeastParts = 2;
        long count = functions.Count, parts = Math.Clamp(count * start.shape[1] / CoordinatesAtOnce, Math.Min(LeastParts, count), count);
        Minimisation[] ran = TensorScope.RunEach((int)parts, threads, part =>
        {
            long first = part * count / parts, some = (part + 1) * count / parts - first;
            return Minimisation.Run(
                rule, functions.Some(first, some), start.narrow(0, first, some), steps, (step, losses) => seen((int)first, step, losses));
        });
        return new(
            cat([.. ran.Select(part => part.Points)]),
            [.. Enumerable.Range(0, ran[0].State.Count).Select(i => cat([.. ran.Select(part => part.State[i])]))]);
    }

    /// <summary>Keeps some pictures of every class for validations.</summary>
    private (OptimiseeSource Training, OptimiseeSource Validation) Sources(ImageSet? data)
    {
        // Every tenth picture.
        const int Kept = 10;
        if (Config.Optimisees == OptimiseeKind.Quadratics) return (SourceOf(null), SourceOf(null));
        ImageSet all = data ?? ImageSets.Open(Config.TrainingData, Config.Side);
        ImageSet Part(Func<int, bool> chosen) => all with
        {
            Classes = [.. all.Classes.Select(one => one with { Images = [.. one.Images.Where((_, i) => chosen(i))] })],
        };
        return (SourceOf(Part(i => i % Kept != 0)), SourceOf(Part(i => i % Kept == 0)));
    }
}
