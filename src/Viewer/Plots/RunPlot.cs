using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>Computes the numbers of the learning curves and adaptation curves of runs.</summary>
public static class RunPlot
{
    // With fewer validations a learning curve would consist of a few straight lines.
    private const int EnoughValidations = 20;

    /// <param name="along">The axis over which the learning curves are drawn</param>
    /// <returns>The learning curves, and the adaptation curves where a run has been evaluated</returns>
    /// <exception cref="InputException">The runs cannot be compared.</exception>
    public static IReadOnlyList<PlotPanel> Of(IReadOnlyList<RunGroup> groups, TrainingAxis along = TrainingAxis.Iterations)
    {
        ArgumentNullException.ThrowIfNull(groups);
        RequireColours(groups);
        RecordedRun[] runs = [.. groups.SelectMany(group => group.Runs)];
        PlotPanel learning = Learning(groups, runs, along);
        return runs.Any(run => run.Evaluation is not null) ? [learning, Adaptation(groups, runs)] : [learning];
    }

    /// <exception cref="InputException">There are more configurations than colours.</exception>
    internal static void RequireColours(IReadOnlyList<RunGroup> groups)
    {
        int colours = Theme.Dark.Series.Count;
        if (groups.Count > colours)
            throw new InputException($"{groups.Count} configurations cannot be told apart in one picture; plot {colours} or fewer.");
    }

    /// <summary>Whether a run has a validation score to be drawn.</summary>
    public static bool IsValidated(RecordedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Measured(run, Validation(run)).Any();
    }

    private static PlotPanel Learning(IReadOnlyList<RunGroup> groups, RecordedRun[] runs, TrainingAxis along)
    {
        int[] steps = [.. runs.Select(run => run.Config.InnerSteps).Distinct()];
        bool validated = runs.All(IsValidated);
        if (!validated && runs.FirstOrDefault(run => run.Config is not MetaTrainingConfig) is { } early)
            throw new InputException($"{early.Path}, or a run beside it, has not been validated yet, so there is no curve to draw.");
        bool hasTraining = runs[0].Config is MetaTrainingConfig;
        bool rarely = hasTraining && validated && runs.Max(run => Measured(run, Validation(run)).Count()) < EnoughValidations;
        double optimal = validated ? runs.Average(PolicyRuns.OptimalOnValidation) : double.NaN;
        PlotSeries Series(RunGroup group)
        {
            Curve[] curves = [.. group.Runs.Select(run => Curve.Of(run, validated ? Validation(run) : Query, along))];
            Curve[] training = [.. group.Runs.Where(_ => rarely).Select(run => Curve.Of(run, Query, along))];
            PlotSeries mean = Mean(group, group.Runs, curves, (_, values) => MeanInterval.OfSeeds(values, optimal)) with
            {
                Training = Means(training),
                Stops = [.. curves.Where(curve => curve.IsUnfinished && curve.Points.Count > 0).Select(curve => curve.Points[^1])],
            };
            return steps.Length == 1 ? mean : mean with { Name = $"{mean.Name} · {Brush.Steps(group.Runs[0].Config.InnerSteps)}" };
        }
        PlotSeries[] series = [.. groups.Select(Series)];
        string tasks = validated ? "validation" : "training";
        string after = steps is [var one] ? Brush.Steps(one, StepName(groups)) : $"the last {StepName(groups)}";
        string notes = (rarely ? ", thin: training tasks" : "") + (series.Any(line => line.Stops.Count > 0) ? ", × stopped" : "");
        return new PlotPanel(
            "learning", $"{Score(runs)} on {tasks} tasks after {after}", Caption(groups, ofOneRun: "") + notes, AxisOf(along, runs),
            series, Known(new("optimal control", optimal), Untrained(runs))) { Quantity = runs[0].Config.ScoreName };
    }

    private static PlotPanel Adaptation(IReadOnlyList<RunGroup> groups, RecordedRun[] runs)
    {
        RunGroup[] evaluated = [.. groups.Select(EvaluatedRuns).Where(group => group.Runs.Count > 0)];
        Comparison.RequireOneProtocol([.. evaluated.SelectMany(group => group.Runs)]);
        RecordedEvaluation evaluation = evaluated[0].Runs[0].Evaluation!;
        StepScores first = evaluation.Steps[0];
        StepEvaluation? ofPolicies = first as StepEvaluation;
        bool isOptimal = ofPolicies?.RegretTo == ReturnKind.Optimal;
        double bestReturn = ofPolicies is null ? double.NaN : ofPolicies.Mean + ofPolicies.Regret;
        var best = new PlotReference(isOptimal ? "optimal control" : "best known return", bestReturn);
        PlotSeries Series(RunGroup group)
        {
            Curve[] curves = [.. group.Runs.Select(Curve.OfEvaluation)];
            IReadOnlyList<RecordedRun> all = groups.Single(whole => whole.Number == group.Number).Runs;
            return Mean(group, all, curves, (step, values) => group.Runs is [var run]
                ? run.Evaluation!.Steps[step].Interval
                : MeanInterval.OfSeeds(values, isOptimal ? best.Return : double.NaN));
        }
        string title = string.Create(
            CultureInfo.InvariantCulture, $"{Score(runs)} by {StepName(evaluated)} on {first.Values.Count} test tasks");
        return new PlotPanel(
            "adaptation", title, Caption(evaluated, ofOneRun: "tasks"), new(StepName(evaluated) + "s"), [.. evaluated.Select(Series)],
            Known(best, Untrained(runs), Passive(evaluation))) { Quantity = runs[0].Config.ScoreName };
    }

    /// <summary>As in <see cref="Recipe.StepName"/>, or a word for all of them where the learners differ.</summary>
    public static string StepName(IEnumerable<RunGroup> groups)
    {
        string[] names = [.. groups.SelectMany(group => group.Runs).Select(run => run.Config.Algorithm.StepName).Distinct()];
        return names is [var one] ? one : "adaptation step";
    }

    private static RunGroup EvaluatedRuns(RunGroup group) =>
        group with { Runs = [.. group.Runs.Where(run => run.Evaluation is not null)] };

    /// <summary>The mean curve of a group, at the indices at which all of its curves have a return.</summary>
    /// <param name="all">The runs of the configuration, of which some may have no curve</param>
    /// <param name="interval">The interval of the returns at an index</param>
    private static PlotSeries Mean(
        RunGroup group, IReadOnlyList<RecordedRun> all, Curve[] curves, Func<int, double[], MeanInterval> interval)
    {
        string counted = curves.Length < all.Count ? $"{curves.Length} of {all.Count} seeds" : $"{all.Count} seeds";
        return new PlotSeries(
            all.Count == 1 ? group.Name : $"{group.Name} · {counted}", group.Number,
            [.. SharedIndices(curves).Select(index => (MeanX(curves, index), interval(index, ReturnsAt(curves, index))))],
            curves.Length == 1 ? [] : [.. curves.Select(curve => new PlotRun(curve.Name, curve.Points))]);
    }

    private static (double X, double Return)[] Means(Curve[] curves) =>
        [.. SharedIndices(curves).Select(index => (MeanX(curves, index), ReturnsAt(curves, index).Average()))];

    private static double MeanX(Curve[] curves, int index) => curves.Average(curve => curve.X(index));

    private static double[] ReturnsAt(Curve[] curves, int index) => [.. curves.Select(curve => curve.Return(index))];

    private static IEnumerable<int> SharedIndices(Curve[] curves) =>
        curves.Select(curve => curve.Indices).DefaultIfEmpty([]).Aggregate((one, other) => one.Intersect(other));

    private const string Query = "query_return";

    private static string Validation(RecordedRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"validation_{run.Config.ScoreName}_{run.Config.InnerSteps}");

    /// <summary>What runs are scored by, as the first word of a title.</summary>
    public static string Score(IReadOnlyList<RecordedRun> runs) =>
        string.Concat(char.ToUpperInvariant(runs[0].Config.ScoreName[0]).ToString(), runs[0].Config.ScoreName.AsSpan(1));

    /// <summary>Rows of the metrics in which a column was measured.</summary>
    private static IEnumerable<int> Measured(RecordedRun run, string column) =>
        run.Metrics.TryGetValue(column, out double[]? values)
            ? Enumerable.Range(0, values.Length).Where(row => double.IsFinite(values[row]))
            : throw new InputException($"The metrics of {run.Path} have no column {column}, which its configuration asks for.");

    private static PlotAxis AxisOf(TrainingAxis along, RecordedRun[] runs)
    {
        const double Thousand = 1e3, Million = 1e6, EnoughForMillions = 5e6;
        if (along == TrainingAxis.Iterations) return new("iteration");
        if (along == TrainingAxis.Seconds) return new("seconds of training");
        return runs.Max(run => run.SampledSteps) >= EnoughForMillions
            ? new("million environment steps", Million) : new("thousand environment steps", Thousand);
    }

    /// <summary>The return on the evaluation's tasks without any policy.</summary>
    private static PlotReference Passive(RecordedEvaluation evaluation)
    {
        if ((evaluation as PolicyEvaluation)?.Protocol is not { } protocol) return new("", double.NaN);
        PassiveReturn passive = PassiveReturn.Of(TaskFamilies.Named(protocol.Environment), protocol.Tasks);
        return new(passive.Name, passive.Value);
    }

    /// <summary>
    /// The mean return of the randomly initialised policies on the tasks of the first iteration, where all runs began with a
    /// policy of the same kind.
    /// </summary>
    private static PlotReference Untrained(RecordedRun[] runs)
    {
        bool areAlike = runs.Select(run => run.Config is MetaTrainingConfig config ? InitialPolicy(config) : "").Distinct().Count() == 1;
        return new("untrained", areAlike ? runs.Average(FirstReturn) : double.NaN);
    }

    /// <summary>The settings that decide how a run's policy was initialised.</summary>
    private static string InitialPolicy(MetaTrainingConfig config) => ConfigFormat.ToJson(new MetaTrainingConfig
    {
        HiddenSizes = config.HiddenSizes,
        Activation = config.Activation,
        InitialStd = config.InitialStd,
        MinStd = config.MinStd,
        ActionUnit = config.ActionUnit,
    });

    private static double FirstReturn(RecordedRun run)
    {
        bool isRecorded = run.Metrics["iteration"][0] == 1;
        return isRecorded && run.Metrics.TryGetValue("support_return_0", out double[]? values) ? values[0] : double.NaN;
    }

    private static PlotReference[] Known(params PlotReference[] references) =>
        [.. references.Where(reference => double.IsFinite(reference.Return))];

    private static string Caption(IReadOnlyList<RunGroup> groups, string ofOneRun)
    {
        RunGroup[] several = [.. groups.Where(group => group.Runs.Count > 1)];
        IEnumerable<string> spreads = several.Select(group => MeanInterval.IsRange(group.Runs.Count) ? "range" : "95 % interval");
        string spread = string.Join(" or ", spreads.Distinct());
        return (several.Length > 0, several.Length < groups.Count && ofOneRun.Length > 0) switch
        {
            (true, true) => $"mean, {spread} over seeds, of one run 95 % interval over {ofOneRun}",
            (true, false) => $"mean, {spread} over seeds",
            (false, true) => $"mean, 95 % interval over {ofOneRun}",
            _ => groups.Count == 1 ? "one run" : "one run each",
        };
    }

    /// <summary>One run's returns by index: the iteration of a learning curve, the gradient step of an adaptation curve.</summary>
    private sealed record Curve(string Name, bool IsUnfinished, IReadOnlyDictionary<int, (double X, double Return)> ByIndex)
    {
        public IEnumerable<int> Indices => ByIndex.Keys;

        public IReadOnlyList<(double X, double Return)> Points { get; } = [.. ByIndex.Values];

        public double X(int index) => ByIndex[index].X;

        public double Return(int index) => ByIndex[index].Return;

        public static Curve Of(RecordedRun run, string column, TrainingAxis along)
        {
            double[] x = run.Along(along);
            double[] iterations = run.Metrics["iteration"], returns = run.Metrics[column];
            var byIteration = Measured(run, column).ToDictionary(row => (int)iterations[row], row => (x[row], returns[row]));
            return new(run.Name, run.IsUnfinished, byIteration);
        }

        public static Curve OfEvaluation(RecordedRun run)
        {
            var byStep = run.Evaluation!.Steps.ToDictionary(step => step.Step, step => ((double)step.Step, step.Mean));
            return new(run.Name, run.IsUnfinished, byStep);
        }
    }
}
