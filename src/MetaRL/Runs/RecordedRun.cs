using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>What a run folder tells of a training, finished or not.</summary>
/// <param name="Metrics">A column of numbers per name of metrics.csv, one number per iteration; NaN where none was measured</param>
/// <param name="Evaluation">Null where the run has not been evaluated</param>
public sealed record RecordedRun(
    string Path, MetaTrainingConfig Config, IReadOnlyDictionary<string, double[]> Metrics, RecordedEvaluation? Evaluation)
{
    public string Name => new DirectoryInfo(Path).Name;

    /// <summary>Seconds that training took, validation included.</summary>
    public double TrainingSeconds => Metrics.Where(column => column.Key.EndsWith("_s", StringComparison.Ordinal)).Sum(column => column.Value.Sum());

    /// <summary>Environment steps that training sampled, those after an episode's end and those of validations not counted.</summary>
    public double EnvironmentSteps => Metrics.TryGetValue("live_steps", out double[]? steps) ? steps.Sum() : double.NaN;

    /// <summary>The mean return of optimal control on the tasks that the run was validated on; NaN where it is not known.</summary>
    public double OptimalOnValidation
    {
        get
        {
            string tasks = System.IO.Path.Combine(Path, "tasks", "validation.csv");
            TaskFamily family = TaskFamily.Named(Config.Environment);
            return File.Exists(tasks) ? family.MeanOptimalReturn(TaskFile.Read(tasks, family.Spec)) : double.NaN;
        }
    }

    /// <exception cref="InputException">There is no run in the folder, or a file of it is damaged.</exception>
    public static RecordedRun Read(string path)
    {
        string In(string name) => System.IO.Path.Combine(path, name);
        if (!Directory.Exists(path)) throw new InputException($"There is no run folder {path}.");
        string? missing = new[] { "config.json", "metrics.csv" }.FirstOrDefault(name => !File.Exists(In(name)));
        if (missing is not null) throw new InputException($"{path} is no run folder: it has no {missing}.");
        string evaluation = In("evaluation.json");
        return new RecordedRun(
            path, ConfigReader.ReadFile(In("config.json"), []), MetricsFile.Read(In("metrics.csv")), File.Exists(evaluation) ? EvaluationFile.Read(evaluation) : null);
    }
}
