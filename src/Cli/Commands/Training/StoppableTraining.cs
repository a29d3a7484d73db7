using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>Trains until the last iteration, or until Ctrl-C or a signal asks to stop.</summary>
internal static class StoppableTraining
{
    /// <returns>0 if the last iteration was trained, else the exit code for the signal that stopped the training.</returns>
    public static int Run(TrainingRun run)
    {
        if (!Console.IsOutputRedirected) Console.SetOut(new LenientWriter(Console.Out));
        int last = run.Config.Iterations;
        Console.WriteLine($"Run folder {run.Folder.Path}, seed {run.Config.Seed}, {last} iterations.");
        if (run.Iteration >= last) return 0;
        using var stop = new StopRequest();
        TrainingProgress.Run(run, stop.Token);
        if (run.Iteration >= last) return 0;
        string resume = $"maml train --resume {ShellWord.Quoted(run.Folder.Path)}";
        Console.WriteLine($"Stopped after {run.Iteration} of {last} iterations. Continue with: {resume}");
        // Where several processes train, another one may have been asked to stop.
        return stop.ExitCode > 0 ? stop.ExitCode : StopRequest.OfTerminate;
    }
}
