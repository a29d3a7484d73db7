using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>What is known of runs of policies besides what every run has.</summary>
public static class PolicyRuns
{
    /// <summary>The mean return of optimal control on the validation tasks of a run; NaN where it is not known.</summary>
    public static double OptimalOnValidation(RecordedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string tasks = Path.Combine(run.Path, "tasks", "validation.csv");
        if (run.Config is not MetaTrainingConfig config || !File.Exists(tasks)) return double.NaN;
        TaskFamily family = TaskFamilies.Named(config.Environment);
        return family.MeanOptimalReturn(TaskFile.Read(tasks, family.Spec));
    }
}
