using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>Learning curves and adaptation curves of runs: the numbers that are drawn.</summary>
public static class RunPlot
{
    /// <returns>The learning curves, and the adaptation curves where a run has been evaluated</returns>
    /// <exception cref="InputException">The runs cannot be compared.</exception>
    public static IReadOnlyList<PlotPanel> Of(IReadOnlyList<RunGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        RecordedRun[] runs = [.. groups.SelectMany(group => group.Runs)];
        RunGroup[] evaluated = [.. groups.Select(group => group with { Runs = [.. group.Runs.Where(run => run.Evaluation is not null)] }).Where(group => group.Runs.Count > 0)];
        return evaluated.Length == 0 ? [Learning(groups, runs)] : [Learning(groups, runs), Adaptation(evaluated, runs)];
    }

    private static PlotPanel Learning(IReadOnlyList<RunGroup> groups, RecordedRun[] runs)
    {
        int[] steps = [.. runs.Select(run => run.Config.InnerSteps).Distinct()];
        bool validated = runs.All(run => Measured(run, $"validation_return_{run.Config.InnerSteps}").Any());
        PlotSeries Series(RunGroup group)
        {
            PlotRun[] curves = [.. group.Runs.Select(run => new PlotRun(run.Name, [.. Measured(run, validated ? $"validation_return_{run.Config.InnerSteps}" : "query_return")]))];
            Dictionary<double, double>[] byIteration = [.. curves.Select(curve => curve.Points.ToDictionary())];
            PlotSeries mean = Mean(group, curves, x => MeanInterval.Of([.. byIteration.Select(curve => curve[x])]));
            return steps.Length == 1 ? mean : mean with { Name = $"{mean.Name} · {Brush.Steps(group.Runs[0].Config.InnerSteps)}" };
        }
        string after = steps is [var one] ? Brush.Steps(one, "gradient ") : "the last gradient step";
        double optimal = validated ? runs.Average(run => run.OptimalOnValidation) : double.NaN;
        return new PlotPanel(
            "learning", $"Return on {(validated ? "validation" : "training")} tasks after {after}", Caption(groups, ofOneRun: ""), "iteration",
            [.. groups.Select(Series)], Known(new("optimal control", optimal), Random(runs)));
    }

    private static PlotPanel Adaptation(IReadOnlyList<RunGroup> groups, RecordedRun[] runs)
    {
        Comparison.RequireOneProtocol([.. groups.SelectMany(group => group.Runs)]);
        StepEvaluation first = groups[0].Runs[0].Evaluation!.Steps[0];
        PlotSeries Series(RunGroup group)
        {
            PlotRun[] curves = [.. group.Runs.Select(run => new PlotRun(run.Name, [.. run.Evaluation!.Steps.Select(step => ((double)step.Step, step.Mean)).Where(point => double.IsFinite(point.Mean))]))];
            return Mean(group, curves, x => group.Runs is [var run]
                ? run.Evaluation!.Steps[(int)x].Interval : MeanInterval.Of([.. group.Runs.Select(run => run.Evaluation!.Steps[(int)x].Mean)]));
        }
        return new PlotPanel(
            "adaptation", string.Create(CultureInfo.InvariantCulture, $"Return by gradient step on {first.Returns.Count} test tasks"), Caption(groups, ofOneRun: "tasks"),
            "gradient steps", [.. groups.Select(Series)],
            Known(new(first.RegretTo == ReturnKind.Optimal ? "optimal control" : "best known return", first.Mean + first.Regret), Random(runs)));
    }

    /// <summary>A group's curve at every x that all of its runs have.</summary>
    private static PlotSeries Mean(RunGroup group, PlotRun[] curves, Func<double, MeanInterval> at)
    {
        IEnumerable<double> shared = curves.Select(curve => curve.Points.Select(point => point.X)).Aggregate((one, other) => one.Intersect(other));
        string name = curves.Length == 1 ? group.Name : string.Create(CultureInfo.InvariantCulture, $"{group.Name} · {curves.Length} seeds");
        return new PlotSeries(name, group.Number, [.. shared.Select(x => (x, at(x)))], curves.Length == 1 ? [] : curves);
    }

    private static IEnumerable<(double X, double Return)> Measured(RecordedRun run, string column) =>
        run.Metrics.TryGetValue(column, out double[]? values)
            ? run.Metrics["iteration"].Zip(values).Where(point => double.IsFinite(point.Second))
            : throw new InputException($"The metrics of {run.Path} have no column {column}, which its configuration asks for.");

    /// <summary>What the randomly initialised policy returned on the tasks of the first iteration, where all runs began with a policy of one kind.</summary>
    private static PlotReference Random(RecordedRun[] runs)
    {
        static string Start(MetaTrainingConfig config) => ConfigReader.ToJson(new MetaTrainingConfig
        {
            HiddenSizes = config.HiddenSizes, Activation = config.Activation, InitialStd = config.InitialStd, MinStd = config.MinStd, ActionUnit = config.ActionUnit,
        });
        bool alike = runs.Select(run => Start(run.Config)).Distinct().Count() == 1;
        return new("random", alike ? runs.Average(run => run.Metrics["iteration"][0] == 1 && run.Metrics.TryGetValue("support_return_0", out double[]? values) ? values[0] : double.NaN) : double.NaN);
    }

    private static PlotReference[] Known(params PlotReference[] references) => [.. references.Where(reference => double.IsFinite(reference.Return))];

    private static string Caption(IReadOnlyList<RunGroup> groups, string ofOneRun)
    {
        bool several = groups.Any(group => group.Runs.Count > 1), single = groups.Any(group => group.Runs.Count == 1) && ofOneRun.Length > 0;
        return (several, single) switch
        {
            (true, true) => $"mean, 95 % interval over seeds, of one run over {ofOneRun}",
            (true, false) => "mean, 95 % interval over seeds",
            (false, true) => $"mean, 95 % interval over {ofOneRun}",
            _ => groups.Count == 1 ? "one run" : "one run each",
        };
    }
}
