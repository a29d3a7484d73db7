using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>What a run folder tells of a training, finished or not.</summary>
/// <param name="Metrics">A column of numbers per name of metrics.csv, one number per iteration; NaN where none was measured</param>
/// <param name="Evaluation">Null where the run has not been evaluated, or only at a checkpoint that it no longer has</param>
public sealed record RecordedRun(
    string Path, MetaTrainingConfig Config, IReadOnlyDictionary<string, double[]> Metrics, RecordedEvaluation? Evaluation)
{
    public string Name => new DirectoryInfo(Path).Name;

    /// <summary>Iterations done.</summary>
    public int Iterations => (int)Metrics["iteration"][^1];

    /// <summary>Whether training has not come to its end.</summary>
    public bool IsUnfinished => Iterations < Config.Iterations;

    /// <summary>The iteration after which the run was evaluated, if it has no checkpoint of that one any more.</summary>
    public int? OutdatedEvaluation { get; init; }

    /// <summary>Why there is no evaluation, and how to make one.</summary>
    public string WhyUnevaluated =>
        (OutdatedEvaluation is { } iteration
            ? FormattableString.Invariant($"{Path} was evaluated after {iteration} of {Iterations} iterations, ")
                + "and neither its best nor its latest checkpoint is of that one; evaluate it again"
            : $"{Path} has no evaluation.json; evaluate it")
        + $" with: maml eval {ShellWord.Quoted(Path)} --json {ShellWord.Quoted(System.IO.Path.Combine(Path, "evaluation.json"))}";

    /// <summary>Seconds that training took, validation included.</summary>
    public double TrainingSeconds => Metrics.Where(column => column.Key.EndsWith("_s", StringComparison.Ordinal)).Sum(column => column.Value.Sum());

    /// <summary>Environment steps that training sampled, those after an episode's end and those of validations not counted.</summary>
    public double EnvironmentSteps => Metrics.TryGetValue("live_steps", out double[]? steps) ? steps.Sum() : double.NaN;

    /// <summary>How far training was after each iteration.</summary>
    /// <exception cref="InputException">The metrics do not tell.</exception>
    public double[] Along(TrainingAxis axis)
    {
        if (axis == TrainingAxis.Iterations) return Metrics["iteration"];
        bool Counts(string column) => axis == TrainingAxis.Steps ? column == "live_steps" : column.EndsWith("_s", StringComparison.Ordinal);
        double[][] columns = [.. Metrics.Where(column => Counts(column.Key)).Select(column => column.Value)];
        if (columns.Length == 0)
            throw new InputException($"The metrics of {Path} do not tell its {axis.ToString().ToLowerInvariant()}; leave it out, or take --x iterations.");
        var along = new double[Metrics["iteration"].Length];
        for (int row = 0; row < along.Length; row++) along[row] = (row == 0 ? 0 : along[row - 1]) + columns.Sum(column => column[row]);
        return along;
    }

    /// <summary>The mean return of optimal control on the tasks that the run was validated on; NaN where it is not known.</summary>
    public double OptimalOnValidation
    {
        get
        {
            string tasks = System.IO.Path.Combine(Path, "tasks", "validation.csv");
            TaskFamily family = TaskFamilies.Named(Config.Environment);
            return File.Exists(tasks) ? family.MeanOptimalReturn(TaskFile.Read(tasks, family.Spec)) : double.NaN;
        }
    }

    /// <exception cref="InputException">There is no run in the folder, or a file of it is damaged or not the run's.</exception>
    public static RecordedRun Read(string path)
    {
        string In(string name) => System.IO.Path.Combine(path, name);
        if (!Directory.Exists(path)) throw new InputException($"There is no run folder {path}.");
        string? missing = new[] { "config.json", "metrics.csv" }.FirstOrDefault(name => !File.Exists(In(name)));
        if (missing is not null) throw new InputException($"{path} is no run folder: it has no {missing}.");
        MetaTrainingConfig config = ConfigReader.ReadFile(In("config.json"), []);
        Checkpoint? ReadIfThere(string file) => File.Exists(file) ? Checkpoint.Read(file) : null;
        Checkpoint? latest = ReadIfThere(RunFolder.LatestIn(path)), best = ReadIfThere(RunFolder.BestIn(path));
        if (latest is not null) RunFolder.RequireConfig(path, config, latest);
        RecordedEvaluation? evaluation = File.Exists(In("evaluation.json")) ? EvaluationFile.Read(In("evaluation.json")) : null;
        int? evaluated = evaluation?.Protocol?.Iteration;
        bool isOutdated = evaluated is not null && (latest ?? best) is not null && evaluated != latest?.Iteration && evaluated != best?.Iteration;
        return new RecordedRun(path, config, MetricsFile.Read(In("metrics.csv")), isOutdated ? null : evaluation)
        {
            OutdatedEvaluation = isOutdated ? evaluated : null,
        };
    }
}
