using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>
/// A training in all processes that `mpirun` or `srun` started together. The first one opens the run, tells the others where it stands,
/// writes its files and prints; the others read no configuration and write nothing.
/// </summary>
internal sealed class JointTraining
{
    private readonly LaunchedGroup group;
    private bool hasBegun;

    private JointTraining(LaunchedGroup group, int? threads)
    {
        this.group = group;
        Threads = threads ?? Math.Max(1, System.Environment.ProcessorCount / group.CountOnThisMachine());
    }

    public IProcessGroup Group => group;

    /// <summary>The number of threads of each process: what was asked for, or an equal part of this machine's cores.</summary>
    public int Threads { get; }

    /// <summary>Trains in all processes that were started together, or in this one alone.</summary>
    /// <param name="threads">The number of threads that was asked for; null where none was</param>
    /// <param name="lead">Opens the run, says so by <see cref="Begin"/>, and trains; it gets null where this process is alone</param>
    /// <returns>The exit code of this process</returns>
    public static int Run(int? threads, Func<JointTraining?, int> lead)
    {
        using LaunchedGroup? group = Join();
        return group is null ? lead(null) : new JointTraining(group, threads).Run(lead);
    }

    /// <summary>Joins the processes that were started together with this one; null where there are none.</summary>
    public static LaunchedGroup? Join()
    {
        // Open MPI shows each process a terminal, which .NET would prepare with control characters; they end up in redirected output.
        if (LaunchedGroup.IsLaunched) System.Environment.SetEnvironmentVariable("TERM", "dumb");
        return LaunchedGroup.Join();
    }

    /// <exception cref="InputException">The command cannot run in several processes.</exception>
    public static void Refuse(string command)
    {
        if (LaunchedGroup.IsLaunched)
            throw new InputException($"{command} runs in one process; start it without mpirun and srun, which are for `maml train`.");
    }

    /// <exception cref="InputException">A GPU was asked for.</exception>
    public static torch.Device Device(string name) => name is "auto" or "cpu" ? CPU
        : throw new InputException($"Several processes train on CPUs; take --device cpu or leave it out, not '{name}'.");

    /// <summary>Tells the other processes where the run stands, so that they take part.</summary>
    public void Begin(TrainingRun run)
    {
        hasBegun = true;
        TrainingHelp.Ask(group, run.Folder);
    }

    private int Run(Func<JointTraining?, int> lead)
    {
        try
        {
            return group.Rank == 0 ? Lead(lead) : Help();
        }
        catch (TrainingException) when (group.Rank > 0)
        {
            // All processes compute with the same numbers and come to this together; the first one says it.
            return Failure.WhileRunning;
        }
        catch (Exception problem) when (problem is not TrainingException)
        {
            int code = Failure.Print(problem, FormattableString.Invariant($"process {group.Rank} on {System.Environment.MachineName}: "));
            // The others wait for this one and would never end.
            group.Abort(code);
            return code;
        }
    }

    private int Lead(Func<JointTraining?, int> lead)
    {
        try
        {
            return lead(this);
        }
        catch (Exception problem) when (!hasBegun)
        {
            TrainingHelp.DoWithout(group);
            return Failure.Print(problem);
        }
    }

    private int Help()
    {
        using TrainingHelp? help = TrainingHelp.Await(group, Threads);
        // The first process could not open the run and has said why.
        if (help is null) return Failure.WrongInput;
        using var stop = new StopRequest();
        help.Run(_ => { }, stop.Token);
        return stop.ExitCode;
    }
}
