using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>
/// Computes performance profiles: the share of runs and tasks whose score is better than each level. Agarwal et al. 2021, section 4.2,
/// arXiv 2108.13264.
/// </summary>
public static class ProfilePlot
{
    private const int Levels = 200;

    /// <param name="step">The gradient steps after which scores are taken; null for as many as the runs were trained for</param>
    /// <exception cref="InputException">The runs cannot be compared, or one was not evaluated on that step.</exception>
    public static PlotPanel Of(IReadOnlyList<RunGroup> groups, int? step = null)
    {
        int taken = StepOfAll(groups, step);
        TrainingConfig config = groups[0].Runs[0].Config;
        RunScores[] scores = [.. groups.Select(group => RunScores.Of([.. group.Runs.Select(Scores)], config.HigherIsBetter))];
        double low = scores.Min(learner => learner.Values.Min()), high = scores.Max(learner => learner.Values.Max());
        double[] levels = [.. Enumerable.Range(0, Levels + 1).Select(level => low + (high - low) * level / Levels)];
        var bootstrap = new Bootstrap(RandomStream.FromSeed(0).Stream("profile"));
        return new PlotPanel(
            "profile", $"Share of runs and test tasks {BetterThan(config)} after {Brush.Steps(taken, RunPlot.StepName(groups))}",
            "95 % bootstrap interval over runs and tasks, with the interquartile mean",
            new PlotAxis(config.ScoreName) { IsCount = false },
            [.. groups.Zip(scores, (group, learner) => Series(group, learner, levels, bootstrap))], []) { Quantity = "share" };

        IReadOnlyList<double> Scores(RecordedRun run) => run.Evaluation!.Steps[taken].Values;
    }

    private static string BetterThan(TrainingConfig config) => config.ScoreName == "return" ? "that return more"
        : $"with a {(config.HigherIsBetter ? "higher" : "lower")} {config.ScoreName}";

    private static PlotSeries Series(RunGroup group, RunScores scores, double[] levels, Bootstrap bootstrap)
    {
        IReadOnlyList<Estimate> shares = bootstrap.OfEach(scores, drawn => ScoreStatistics.Profile(drawn, levels));
        string name = group.Runs.Count == 1 ? group.Name : FormattableString.Invariant($"{group.Name} · {group.Runs.Count} seeds");
        IEnumerable<MeanInterval> intervals = shares.Select(share => new MeanInterval(share.Value, share.Low, share.High));
        return new PlotSeries(name, group.Number, [.. levels.Zip(intervals)], [])
        {
            Figure = Brush.Return(ScoreStatistics.InterquartileMean(scores)),
        };
    }

    private static int StepOfAll(IReadOnlyList<RunGroup> groups, int? step)
    {
        ArgumentNullException.ThrowIfNull(groups);
        RunPlot.RequireColours(groups);
        RecordedRun[] runs = [.. groups.SelectMany(group => group.Runs)];
        if (runs.FirstOrDefault(run => run.Evaluation is null) is { } unevaluated) throw new InputException(unevaluated.WhyUnevaluated);
        Comparison.RequireOneProtocol(runs);
        RecordedRun shortest = runs.MinBy(run => run.Evaluation!.Steps.Count)!;
        int most = shortest.Evaluation!.Steps.Count - 1;
        if (step is not { } asked) return Math.Min(most, runs.Max(run => run.Config.InnerSteps));
        if (asked <= most) return asked;
        string evaluated = FormattableString.Invariant($"{shortest.Path} was evaluated on {most} {RunPlot.StepName(groups)}s");
        throw new InputException(
            FormattableString.Invariant($"{evaluated}; take --step {most} or less, or evaluate it again with --steps {asked}."));
    }
}
