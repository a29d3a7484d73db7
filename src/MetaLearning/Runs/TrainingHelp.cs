using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// The part that every process but the first takes in a training: it computes its share of each iteration and writes nothing. It needs
/// no file of the run; the first process sends where the run stands.
/// </summary>
public sealed class TrainingHelp : IDisposable
{
    private readonly IProcessGroup group;
    private readonly IExperiment experiment;
    private readonly IMetaTrainer trainer;

    private TrainingHelp(Checkpoint start, int threads, IProcessGroup group)
    {
        this.group = group;
        experiment = start.Config.CreateExperiment(CPU, threads, group);
        trainer = experiment.CreateTrainer();
        start.RestoreTo(trainer, CPU);
    }

    /// <summary>Sends the run in a folder from the first process to the others, just before it trains.</summary>
    public static void Ask(IProcessGroup group, RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        group.FromFirst(File.ReadAllBytes(folder.Latest));
    }

    /// <summary>Tells the other processes that there is nothing to train.</summary>
    public static void DoWithout(IProcessGroup group) => group.FromFirst([]);

    /// <summary>Waits for the first process.</summary>
    /// <returns>Null where there is nothing to train</returns>
    /// <exception cref="InputException">Data that the configuration names is not on this machine.</exception>
    public static TrainingHelp? Await(IProcessGroup group, int threads)
    {
        byte[] content = group.FromFirst([]);
        if (content.Length == 0) return null;
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, content);
            return new TrainingHelp(Checkpoint.Read(file), threads, group);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Trains to the end or until <paramref name="stop"/> in any process of the group.</summary>
    /// <param name="progress">Takes the number of iterations done, after each</param>
    public void Run(Action<int> progress, CancellationToken stop)
    {
        using var agreement = new Agreement(group, stop);
        if (trainer.Iteration < experiment.Config.Iterations) agreement.Reach(trainer.Meta);
        trainer.Run(report =>
        {
            progress(report.Iteration);
            agreement.Reach(trainer.Meta);
        }, agreement.Stop);
    }

    public void Dispose()
    {
        trainer.Dispose();
        experiment.Dispose();
    }
}
