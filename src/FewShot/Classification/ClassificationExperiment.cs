using System.Diagnostics;
using System.Text.Json;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>Few-shot classification with the learner that a configuration names.</summary>
public sealed class ClassificationExperiment : IExperiment<ImageSamples>
{
    // Episodes that a thread evaluates together; few enough that their pictures stay in its cache.
    private const int EpisodesAtOnce = 4;

    private readonly Device device;
    private readonly int threads;
    private readonly Learner<ImageSamples> learner;
    private readonly MetaObjective<ImageSamples> objective;
    private readonly Lazy<(Episodes Training, Episodes Validation)> episodes;

    /// <param name="data">The data to learn from; null for those that the configuration names</param>
    /// <param name="group">The processes that train together; null for this one alone</param>
    public ClassificationExperiment(
        ClassificationConfig config, Device device, int threads, ImageSet? data = null, IProcessGroup? group = null)
    {
        Config = config.Resolved();
        (this.device, this.threads) = (device, threads);
        Compute.Configure();
        Classifier = Config.Classifier;
        Composition composition = Config.Algorithm.Compose(Config.Setting(Classifier.Layout, device));
        learner = new Learner<ImageSamples>(composition, Config.OuterStep, Classifier, Classifier.Layout, device, threads, group);
        objective = new MetaObjective<ImageSamples>(Classifier, composition.Stage.Adaptation, composition.Stage.StepWeights);
        episodes = new(() => Parted(data ?? ImageSets.Open(Config.TrainingData, Config.Side)));
    }

    public ClassificationConfig Config { get; }
    TrainingConfig IExperiment.Config => Config;

    /// <summary>The classifier of every task, without its parameters.</summary>
    public IImageModel Classifier { get; }

    /// <inheritdoc/>
    public ParameterLayout Model => Classifier.Layout;

    /// <inheritdoc/>
    public MetaLayout Layout => learner.Layout;

    /// <inheritdoc/>
    public (IReadOnlyList<string> Data, IReadOnlyList<(string Column, string Tag)> OuterStep) Columns => ([], []);

    /// <inheritdoc/>
    public IMetaOptimiser<ImageSamples> Optimiser => learner.Optimiser;

    /// <summary>The outer loss and its gradient.</summary>
    public TaskParallelObjective<ImageSamples> OuterObjective => learner.Objective;

    private RandomStream Seed => RandomStream.FromSeed(Config.Seed);

    private int TrainingSteps => learner.TrainingSteps ?? Config.InnerSteps;

    /// <inheritdoc/>
    public Tensor CreateInitialMeta() => Layout.Start(Classifier.Initialise(Seed.Stream("network"))).CopyToTensor(device: device);

    /// <inheritdoc/>
    public IMetaTrainer CreateTrainer()
    {
        // Data that is not there is reported before anything is written.
        _ = episodes.Value;
        return new MetaTrainer<ImageSamples>(this);
    }

    /// <inheritdoc/>
    public void WriteTasks(string folder)
    {
        var names = episodes.Value.Validation.Data.Classes.Select(one => $"{one.Group}/{one.Name}");
        AtomicFile.WriteText(Path.Combine(folder, "validation.json"), JsonSerializer.Serialize(names));
    }

    /// <inheritdoc/>
    public IterationData<ImageSamples> Sample(Tensor meta, int iteration)
    {
        var clock = Stopwatch.StartNew();
        ImageSamples[] batches = Batches(iteration * Config.MetaBatchSize);
        return new(batches, [], [], clock.Elapsed.TotalSeconds, AdaptationSeconds: 0);
    }

    /// <inheritdoc/>
    public IReadOnlyList<StepScores> Validate(Tensor meta, int iteration) =>
        Evaluate(meta, episodes.Value.Validation, Seed.Stream("validation"), Config.ValidationTasks, Config.InnerSteps);

    /// <summary>
    /// The accuracy of each episode's classifier on its query pictures, after 0 to <paramref name="steps"/> steps. Where all pictures are
    /// shown one after another, it is that at the first to the last picture of every class, whatever the number of steps.
    /// </summary>
    /// <param name="meta">[Q]</param>
    /// <param name="stream">Episode i of the result is episode i of this stream.</param>
    public IReadOnlyList<StepScores> Evaluate(Tensor meta, Episodes tasks, RandomStream stream, int count, int steps) =>
        Config.ShowsSequences ? EvaluateSequences(meta, tasks, stream, count)
        : Evaluate(meta, count, steps, (first, some) => tasks.Draw(stream, first, some, device));

    /// <summary>The accuracy on given tasks, after 0 to <paramref name="steps"/> steps.</summary>
    /// <param name="draw">Gives some tasks, by the number of the first one and how many</param>
    public IReadOnlyList<StepScores> Evaluate(
        Tensor meta, int count, int steps, Func<int, int, (ImageSamples Support, ImageSamples Query)> draw)
    {
        Tensor fixedMeta = meta.detach();
        return Scores(count, steps + 1, (first, some, scores) =>
        {
            (ImageSamples support, ImageSamples query) = draw(first, some);
            Adapt(fixedMeta, support, steps, (step, parameters) =>
            {
                using IDisposable withoutGraph = no_grad();
                Tensor guessed = Classifier.LogProbabilities(fixedMeta, parameters, query).argmax(2);
                Tensor isRight = guessed.eq(query.Targets.argmax(2)).to(float64).mean([1]);
                isRight.cpu().data<double>().CopyTo(scores[step], first);
            });
        });
    }

    private IReadOnlyList<StepScores> EvaluateSequences(Tensor meta, Episodes tasks, RandomStream stream, int count)
    {
        int pictures = tasks.Shots + tasks.Queries;
        return Scores(count, pictures, (first, some, scores) =>
        {
            using IDisposable withoutGraph = no_grad();
            ImageSamples shown = tasks.DrawSequences(stream, first, some, device);
            Tensor parameters = objective.Adaptation.Start(meta, some);
            Tensor guessed = Classifier.LogProbabilities(meta, parameters, shown).argmax(2);
            Tensor isRight = guessed.eq(shown.Targets.argmax(2)).to(float64), number = shown.SeenBefore;
            for (int before = 0; before < pictures; before++)
            {
                Tensor ofNumber = (isRight * number.eq(Number(before)).to(float64)).sum([1]) / Number(tasks.Ways);
                ofNumber.cpu().data<double>().CopyTo(scores[before], first);
            }
        });
    }

    /// <summary>Gathers scores of episodes that threads compute a few at a time.</summary>
    /// <param name="compute">Writes the scores of some episodes, by the number of the first one and how many</param>
    private IReadOnlyList<StepScores> Scores(int count, int columns, Action<int, int, double[][]> compute)
    {
        double[][] scores = [.. Enumerable.Range(0, columns).Select(_ => new double[count])];
        int parts = (count + EpisodesAtOnce - 1) / EpisodesAtOnce;
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part => TensorScope.Free(() =>
        {
            int first = part * EpisodesAtOnce;
            compute(first, Math.Min(EpisodesAtOnce, count - first), scores);
        }));
        return [.. scores.Select((values, step) => new StepScores(step, values))];
    }

    /// <summary>Adapts the classifiers to their support pictures.</summary>
    /// <param name="seen">Called after 0 to K steps with the number of steps and the parameters, [N, P]</param>
    public void Adapt(Tensor meta, ImageSamples support, int steps, Action<int, Tensor> seen)
    {
        Tensor last = InnerLoop.Run(objective.Adaptation.Start(meta, support.TaskCount), steps, (parameters, step) =>
        {
            seen(step, parameters.detach());
            return objective.Adapt(meta, parameters, support, step);
        });
        seen(steps, last.detach());
    }

    public void Dispose() => learner.Dispose();

    /// <summary>Keeps some classes for validations, before they are turned, so that no class is in both parts.</summary>
    private (Episodes Training, Episodes Validation) Parted(ImageSet data)
    {
        int kept = Math.Max(1, (int)Math.Round(Config.ValidationShare * data.Classes.Count));
        RandomStream order = RandomStream.FromSeed(0).Stream("validation classes");
        var drawn = data.Classes.Index().OrderBy(one => order.Uniform(one.Index)).Take(kept);
        HashSet<ImageClass> validation = [.. drawn.Select(one => one.Item)];
        return (
            Config.EpisodesOf(data.Where($"{data.Name}, training classes", one => !validation.Contains(one))) with
            {
                Distortion = new Distortion(Config.Distortion),
            },
            Config.EpisodesOf(data.Where($"{data.Name}, validation classes", validation.Contains)));
    }

    /// <summary>The support batch of each inner step and the query batch, or the sequences, of the tasks from a number on.</summary>
    private ImageSamples[] Batches(int first)
    {
        (Episodes tasks, RandomStream stream) = (episodes.Value.Training, Seed.Stream("training"));
        if (Config.ShowsSequences) return [tasks.DrawSequences(stream, first, Config.MetaBatchSize, device)];
        (ImageSamples support, ImageSamples query) = tasks.Draw(stream, first, Config.MetaBatchSize, device);
        return [.. Enumerable.Repeat(support, TrainingSteps), query];
    }
}
