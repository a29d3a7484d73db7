using MamlRobotics.Envs;
using TorchSharp.Modules;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// A training in its folder: metrics, event file and checkpoints behind the trainer's reports. A run that was killed
/// at any moment goes on from its latest checkpoint as if nothing had happened.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private readonly RunFolder folder;
    private readonly IExperiment experiment;
    private readonly IMetaTrainer trainer;
    private readonly MetricsFile metrics;
    private readonly Device device;
    private readonly int threads;
    private (double Score, int Iteration)? best;

    private TrainingRun(RunFolder folder, TrainingConfig config, Device device, int threads, Checkpoint? resumed)
    {
        (this.folder, this.device, this.threads) = (folder, device, threads);
        experiment = config.CreateExperiment(device, threads);
        metrics = new MetricsFile(folder.Metrics, experiment, resumed?.Iteration ?? 0);
        trainer = experiment.CreateTrainer();
        if (resumed is not null)
        {
            trainer.Restore(resumed.Meta(device), resumed.Iteration);
            TensorScope.Free(() => trainer.Optimiser.Restore(resumed.LearnerState.ToDictionary(entry => entry.Key, entry => ToTensor(entry.Value))));
            best = resumed.Best;
        }
    }

    public TrainingConfig Config => experiment.Config;
    public RunFolder Folder => folder;

    /// <summary>What the scores of the training are called.</summary>
    public string ScoreName => experiment.ScoreName;

    /// <summary>Iterations done.</summary>
    public int Iteration => trainer.Iteration;

    /// <summary>The best validation so far and the iteration after which it was measured.</summary>
    public (double Score, int Iteration)? Best => best;

    /// <summary>Begins a run in an empty folder.</summary>
    public static TrainingRun Start(RunFolder folder, TrainingConfig config, Device device, int threads)
    {
        var run = new TrainingRun(folder, config, device, threads, resumed: null);
        AtomicFile.WriteText(folder.Config, ConfigFormat.ToJson(run.Config));
        MachineFile.Begin(folder.Machine, device, threads);
        run.experiment.WriteTasks(folder.Tasks);
        run.Save(folder.Latest);
        return run;
    }

    /// <summary>
    /// Gives a run another number of iterations, in its latest checkpoint and its configuration. Resumed, it is then what it would
    /// have been with that number from its start, but for the validation that its last iteration had for being the last.
    /// </summary>
    /// <param name="config">The run's, with another number of iterations</param>
    /// <returns>The checkpoint to resume from</returns>
    /// <exception cref="InputException">The iterations are done already, or what the run has learned depends on their number.</exception>
    public static Checkpoint Prolong(RunFolder folder, Checkpoint latest, TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(latest);
        // A run that was killed between the two files is prolonged by asking again.
        TrainingConfig file = ConfigFormat.ReadFile(folder.Config, []);
        RunFolder.RequireConfig(folder.Path, file with { Iterations = latest.Config.Iterations }, latest);
        if (config.Iterations <= latest.Iteration)
            throw new InputException($"{folder.Path} has {latest.Iteration} iterations behind it; iterations must be more than that.");
        if (config.DependsOnIterations is { } reason && config.Iterations != latest.Config.Iterations)
            throw new InputException($"{reason}, so a run of {config.Iterations} differs from its first iteration on; train a new one.");
        Checkpoint prolonged = latest with { Config = config };
        prolonged.Write(folder.Latest, config.Model);
        AtomicFile.WriteText(folder.Config, ConfigFormat.ToJson(config));
        return prolonged;
    }

    /// <summary>Goes on with the run in a folder, with its own configuration.</summary>
    /// <exception cref="InputException">A file of the run is damaged or not the run's, or lacks an iteration that was done.</exception>
    public static TrainingRun Resume(RunFolder folder, Checkpoint latest, Device device, int threads)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(latest);
        RunFolder.RequireConfig(folder.Path, ConfigFormat.ReadFile(folder.Config, []), latest);
        var run = new TrainingRun(folder, latest.Config, device, threads, latest);
        try
        {
            if (run.Iteration < run.Config.Iterations) MachineFile.GoOn(folder.Machine, run.Iteration, device, threads);
            EventFiles.Cut(folder.Path, run.Iteration);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Trains to the end, or until asked to stop; either way the latest checkpoint is the last iteration's.</summary>
    public void Run(Action<IterationReport> progress, CancellationToken stop)
    {
        SummaryWriter events = torch.utils.tensorboard.SummaryWriter(folder.Path);
        trainer.Run(report =>
        {
            metrics.Append(report);
            WriteEvents(events, report);
            KeepBest(report);
            if (trainer.Iteration % Config.CheckpointEvery == 0) SaveLatest();
            progress(report);
        }, stop);
        SaveLatest();
    }

    public void Dispose()
    {
        metrics.Dispose();
        trainer.Dispose();
        experiment.Dispose();
        folder.Dispose();
    }

    private void KeepBest(IterationReport report)
    {
        if (report.Validation is not { } validation) return;
        double value = Config.ValidationStep > 0 ? validation[Config.ValidationStep].Mean : validation.Skip(1).Sum(step => step.Mean);
        double sign = experiment.HigherIsBetter ? 1 : -1;
        // No comparison with a value that is not a number holds, so it is never the best.
        if (!(sign * value > (best is { } before ? sign * before.Score : double.NegativeInfinity))) return;
        best = (value, report.Iteration);
        Save(folder.Best);
    }

    /// <summary>A checkpoint on the disk has the metrics of its iterations there, also after a loss of power.</summary>
    private void SaveLatest()
    {
        metrics.FlushToDisk();
        Save(folder.Latest);
    }

    private void Save(string path) => TensorScope.Free(Snapshot).Write(path, experiment.Model);

    private Checkpoint Snapshot()
    {
        float[] meta = (float[])ToArray(trainer.Meta).Data;
        MetaLayout layout = experiment.Layout;
        (string, NamedArray)[] learned =
            [.. layout.Learned.Select(block => (block.Name, new NamedArray([.. block.Shape], meta.AsSpan((int)layout.OffsetOf(block), (int)block.Length).ToArray())))];
        var state = trainer.Optimiser.State.ToDictionary(entry => entry.Key, entry => ToArray(entry.Value));
        return new Checkpoint(Config, meta[..layout.ParameterCount], learned, state, trainer.Iteration, best, device.ToString(), threads);
    }

    private void WriteEvents(SummaryWriter events, IterationReport report)
    {
        for (int step = 0; step < report.Scores.Count; step++)
        {
            events.add_scalar($"{experiment.ScoreName}/step_{step}", (float)report.Scores[step], report.Iteration);
            if (report.Validation is { } validation) events.add_scalar($"validation/step_{step}", (float)validation[step].Mean, report.Iteration);
        }
        foreach (Metric metric in report.Metrics)
            if (metric.Tag is { } tag && double.IsFinite(metric.Value)) events.add_scalar(tag, (float)metric.Value, report.Iteration);
    }

    private static NamedArray ToArray(Tensor value)
    {
        Tensor local = value.cpu();
        return new NamedArray(value.shape, value.dtype == int64 ? local.data<long>().ToArray() : local.data<float>().ToArray());
    }

    private static Tensor ToTensor(NamedArray array) =>
        array.Data is long[] whole ? tensor(whole, array.Shape) : tensor((float[])array.Data, array.Shape);
}
