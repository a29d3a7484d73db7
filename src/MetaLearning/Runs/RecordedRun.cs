using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>The contents of a run folder, of a finished or unfinished training.</summary>
/// <param name="Metrics">
/// The columns of metrics.csv by their names, with a number for each iteration; NaN where the number was not measured
/// </param>
/// <param name="Evaluation">
/// Null where the run has not been evaluated, or where it no longer has the checkpoint that was evaluated
/// </param>
public sealed record RecordedRun(
    string Path, TrainingConfig Config, IReadOnlyDictionary<string, double[]> Metrics, RecordedEvaluation? Evaluation)
{
    public string Name => new DirectoryInfo(Path).Name;

    /// <summary>The number of iterations done.</summary>
    public int Iterations => (int)Metrics["iteration"][^1];

    /// <summary>Whether iterations are left.</summary>
    public bool IsUnfinished => Iterations < Config.Iterations;

    /// <summary>The iteration after which the run was evaluated, if the run no longer has a checkpoint of it.</summary>
    public int? OutdatedEvaluation { get; init; }

    /// <summary>A sentence that says why there is no evaluation and how to make one.</summary>
    public string WhyUnevaluated =>
        (OutdatedEvaluation is { } iteration
            ? FormattableString.Invariant($"{Path} was evaluated after {iteration} of {Iterations} iterations, ")
                + "and neither its best nor its latest checkpoint is of that one; evaluate it again"
            : $"{Path} has no evaluation.json; evaluate it")
        + $" with: maml eval {ShellWord.Quoted(Path)} --json {ShellWord.Quoted(System.IO.Path.Combine(Path, "evaluation.json"))}";

    /// <summary>The seconds that training took, including validations.</summary>
    public double TrainingSeconds =>
        Metrics.Where(column => column.Key.EndsWith("_s", StringComparison.Ordinal)).Sum(column => column.Value.Sum());

    /// <summary>
    /// The steps of the data that training sampled, such as those of environments, without those of validations; NaN where the problem
    /// does not count them.
    /// </summary>
    public double SampledSteps => Metrics.TryGetValue("live_steps", out double[]? steps) ? steps.Sum() : double.NaN;

    /// <summary>The iterations, steps or seconds that training had taken after each iteration.</summary>
    /// <exception cref="InputException">The metrics lack the columns for this.</exception>
    public double[] Along(TrainingAxis axis)
    {
        if (axis == TrainingAxis.Iterations) return Metrics["iteration"];
        bool Counts(string column) => axis == TrainingAxis.Steps ? column == "live_steps" : column.EndsWith("_s", StringComparison.Ordinal);
        double[][] columns = [.. Metrics.Where(column => Counts(column.Key)).Select(column => column.Value)];
        if (columns.Length == 0)
        {
            string quantity = axis.ToString().ToLowerInvariant();
            throw new InputException($"The metrics of {Path} do not tell its {quantity}; leave it out, or take --x iterations.");
        }
        var along = new double[Metrics["iteration"].Length];
        for (int row = 0; row < along.Length; row++) along[row] = (row == 0 ? 0 : along[row - 1]) + columns.Sum(column => column[row]);
        return along;
    }

    /// <summary>Reads a run folder.</summary>
    /// <exception cref="InputException">There is no run in the folder, or a file is damaged or belongs to another run.</exception>
    public static RecordedRun Read(string path)
    {
        string In(string name) => System.IO.Path.Combine(path, name);
        if (!Directory.Exists(path)) throw new InputException($"There is no run folder {path}.");
        string? missing = new[] { "config.json", "metrics.csv" }.FirstOrDefault(name => !File.Exists(In(name)));
        if (missing is not null) throw new InputException($"{path} is no run folder: it has no {missing}.");
        TrainingConfig config = ConfigFormat.ReadFile(In("config.json"), []);
        Checkpoint? ReadIfThere(string file) => File.Exists(file) ? Checkpoint.Read(file) : null;
        Checkpoint? latest = ReadIfThere(RunFolder.LatestIn(path)), best = ReadIfThere(RunFolder.BestIn(path));
        if (latest is not null) RunFolder.RequireConfig(path, config, latest);
        RecordedEvaluation? evaluation = File.Exists(In("evaluation.json")) ? config.ReadEvaluation(In("evaluation.json")) : null;
        int? evaluated = evaluation?.Iteration;
        bool hasCheckpoint = latest is not null || best is not null;
        bool isOfCheckpoint = evaluated == latest?.Iteration || evaluated == best?.Iteration;
        bool isOutdated = evaluated is not null && hasCheckpoint && !isOfCheckpoint;
        return new RecordedRun(path, config, MetricsFile.Read(In("metrics.csv")), isOutdated ? null : evaluation)
        {
            OutdatedEvaluation = isOutdated ? evaluated : null,
        };
    }
}
