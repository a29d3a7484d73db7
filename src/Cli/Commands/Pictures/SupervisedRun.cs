using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>Runs whose task is no robot's, which `maml render` and `maml view` show in ways of their own.</summary>
internal static class SupervisedRun
{
    /// <summary>The checkpoint of such a run; null for a policy's, and where there is none. For a run folder it is the best one.</summary>
    public static Checkpoint? Of(string path)
    {
        if (ReplayFile.IsNamed(path)) return null;
        string file = EvalCommand.FileOf(path);
        return File.Exists(file) && Checkpoint.Read(file) is { Config: not MetaTrainingConfig } checkpoint ? checkpoint : null;
    }
}
