using MamlRobotics.Envs;
using TorchSharp.Modules;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// A training that writes metrics, events and checkpoints into its folder. A run that was killed at any moment continues from
/// its latest checkpoint with the same results as without the interruption.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private readonly RunFolder folder;
    private readonly IExperiment experiment;
    private readonly IMetaTrainer trainer;
    private readonly MetricsFile metrics;
    private readonly Device device;
    private readonly int threads;
    private readonly IProcessGroup group;
    private (double Score, int Iteration)? best;

    private TrainingRun(RunFolder folder, TrainingConfig config, Device device, int threads, IProcessGroup? group, Checkpoint? resumed)
    {
        (this.folder, this.device, this.threads, this.group) = (folder, device, threads, group ?? OneProcess.Instance);
        experiment = config.CreateExperiment(device, threads, group);
        metrics = new MetricsFile(folder.Metrics, experiment, resumed?.Iteration ?? 0);
        trainer = experiment.CreateTrainer();
        resumed?.RestoreTo(trainer, device);
        best = resumed?.Best;
    }

    public TrainingConfig Config => experiment.Config;
    public RunFolder Folder => folder;

    /// <summary>The number of iterations done.</summary>
    public int Iteration => trainer.Iteration;

    /// <summary>The best validation so far and the iteration after which it was measured.</summary>
    public (double Score, int Iteration)? Best => best;

    /// <summary>Starts a run in an empty folder.</summary>
    /// <param name="group">
    /// The processes that train together, of which this is the one of rank 0; null for this one alone. The others take part by
    /// <see cref="TrainingHelp"/> with the latest checkpoint of the folder.
    /// </param>
    public static TrainingRun Start(RunFolder folder, TrainingConfig config, Device device, int threads, IProcessGroup? group = null)
    {
        var run = new TrainingRun(folder, config, device, threads, group, resumed: null);
        AtomicFile.WriteText(folder.Config, ConfigFormat.ToJson(run.Config));
        MachineFile.Begin(folder.Machine, device, threads, run.group.Size);
        run.experiment.WriteTasks(folder.Tasks);
        run.Save(folder.Latest);
        return run;
    }

    /// <summary>
    /// Changes the number of iterations of a run, in its latest checkpoint and its configuration. When it is resumed, it gives the
    /// same results as a run that had this number from its start, except that the last iteration before was validated because it
    /// was the last.
    /// </summary>
    /// <param name="config">The configuration of the run with another number of iterations</param>
    /// <returns>The checkpoint to resume from</returns>
    /// <exception cref="InputException">The iterations are done already, or the parameters so far depend on their number.</exception>
    public static Checkpoint Prolong(RunFolder folder, Checkpoint latest, TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(latest);
        // If the program is killed after it has written the first of the two files, the same call repairs that.
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

    /// <summary>Continues the run in a folder, with its own configuration.</summary>
    /// <inheritdoc cref="Start"/>
    /// <exception cref="InputException">A file is damaged, belongs to another run, or lacks an iteration that was done.</exception>
    public static TrainingRun Resume(RunFolder folder, Checkpoint latest, Device device, int threads, IProcessGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(latest);
        RunFolder.RequireConfig(folder.Path, ConfigFormat.ReadFile(folder.Config, []), latest);
        var run = new TrainingRun(folder, latest.Config, device, threads, group, latest);
        try
        {
            if (run.Iteration < run.Config.Iterations) MachineFile.GoOn(folder.Machine, run.Iteration, device, threads, run.group.Size);
            EventFiles.Cut(folder.Path, run.Iteration);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Trains to the end or until <paramref name="stop"/> in any process of the group. In both cases it saves a checkpoint of the last
    /// iteration.
    /// </summary>
    public void Run(Action<IterationReport> progress, CancellationToken stop)
    {
        SummaryWriter events = torch.utils.tensorboard.SummaryWriter(folder.Path);
        using var agreement = new Agreement(group, stop);
        if (trainer.Iteration < experiment.Config.Iterations) agreement.Reach(trainer.Meta);
        trainer.Run(report =>
        {
            metrics.Append(report);
            WriteEvents(events, report);
            KeepBest(report);
            if (trainer.Iteration % Config.CheckpointEvery == 0) SaveLatest();
            progress(report);
            agreement.Reach(trainer.Meta);
        }, agreement.Stop);
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
        double sign = experiment.Config.HigherIsBetter ? 1 : -1;
        double toBeat = best is { } before ? sign * before.Score : double.NegativeInfinity;
        // Every comparison with a value that is not a number is false, so such a value is never the best.
        if (!(sign * value > toBeat)) return;
        best = (value, report.Iteration);
        Save(folder.Best);
    }

    /// <summary>Saves the metrics first, so that even after a loss of power they hold every iteration of the checkpoint.</summary>
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
        NamedArray ArrayOf(MetaBlock block) =>
            new([.. block.Shape], meta.AsSpan((int)layout.OffsetOf(block), (int)block.Length).ToArray());
        (string, NamedArray)[] learned = [.. layout.Learned.Select(block => (block.Name, ArrayOf(block)))];
        var state = trainer.Optimiser.State.ToDictionary(entry => entry.Key, entry => ToArray(entry.Value));
        return new Checkpoint(Config, meta[..layout.ParameterCount], learned, state, trainer.Iteration, best, device.ToString(), threads);
    }

    private void WriteEvents(SummaryWriter events, IterationReport report)
    {
        for (int step = 0; step < report.Scores.Count; step++)
        {
            events.add_scalar($"{experiment.Config.ScoreName}/step_{step}", (float)report.Scores[step], report.Iteration);
            if (report.Validation is not { } validation) continue;
            events.add_scalar($"validation/step_{step}", (float)validation[step].Mean, report.Iteration);
        }
        foreach (Metric metric in report.Metrics)
            if (metric.Tag is { } tag && double.IsFinite(metric.Value)) events.add_scalar(tag, (float)metric.Value, report.Iteration);
    }

    private static NamedArray ToArray(Tensor value)
    {
        Tensor local = value.cpu();
        return new NamedArray(value.shape, value.dtype == int64 ? local.data<long>().ToArray() : local.data<float>().ToArray());
    }
}
