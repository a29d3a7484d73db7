using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer.Tests;

public class PlotTests
{
    [Fact]
    public void Seeds_of_one_configuration_become_one_mean_with_the_interval_of_student()
    {
        // Values 1 to 5: mean 3, standard deviation sqrt 2.5, and the 97.5 % point of Student's t of 4 degrees is 2.776445.
        RecordedRun Of(int seed) => MadeRuns.Run($"runs/a-{seed}", seed, _ => seed, iterations: seed == 5 ? 30 : 40, asked: 40);
        PlotPanel learning = Plot([.. Enumerable.Range(1, 5).Select(Of)])[0];
        PlotSeries series = Assert.Single(learning.Series);
        Assert.Equal(("a · 5 seeds", 30), (series.Name, series.Points.Count));
        Assert.Equal("mean, 95 % interval over seeds, × stopped", learning.Caption);
        double half = 2.776445 * Math.Sqrt(2.5) / Math.Sqrt(5);
        foreach ((double _, MeanInterval value) in series.Points)
        {
            Assert.Equal(3, value.Mean, 1e-12);
            Assert.Equal(3 - half, value.Low, 1e-5);
            Assert.Equal(3 + half, value.High, 1e-5);
        }
        Assert.Equal([40, 40, 40, 40, 30], series.Runs.Select(run => run.Points.Count));
    }

    [Fact]
    public void A_few_seeds_show_the_range_that_they_are_in_and_the_caption_says_so()
    {
        PlotPanel learning = Plot(MadeRuns.Run("a-1", 1, _ => 1), MadeRuns.Run("a-2", 2, _ => 2))[0];
        Assert.Equal("mean, range over seeds", learning.Caption);
        Assert.All(learning.Series[0].Points, point => Assert.Equal(new MeanInterval(1.5, 1, 2), point.Return));
    }

    [Fact]
    public void Training_returns_fill_what_rare_validations_leave_open()
    {
        static double At(int iteration, int every) => iteration % every == 0 ? -1 : double.NaN;
        RecordedRun one = MadeRuns.Run("a-1", 1, i => At(i, 20)), two = MadeRuns.Run("a-2", 2, i => At(i, 20));
        PlotPanel rare = Plot(one, two)[0], often = Plot(MadeRuns.Run("a-1", 1, i => At(i, 2)))[0];
        Assert.Equal(2, rare.Series[0].Points.Count);
        // The training returns are -5 less the seed.
        Assert.Equal([.. Enumerable.Range(1, 40).Select(i => ((double)i, -6.5))], rare.Series[0].Training);
        Assert.EndsWith(", thin: training tasks", rare.Caption);
        Assert.Empty(often.Series[0].Training);
    }

    [Fact]
    public void A_run_that_stopped_early_and_a_seed_without_evaluation_are_marked()
    {
        RecordedRun whole = MadeRuns.Run("a-1", 1, _ => -1, evaluation: [-40, -10]), other = MadeRuns.Run("a-2", 2, _ => -3);
        IReadOnlyList<PlotPanel> panels = Plot(whole, other);
        Assert.Empty(panels[0].Series[0].Stops);
        Assert.Equal("a · 1 of 2 seeds", panels[1].Series[0].Name);
        PlotPanel stopped = Plot(MadeRuns.Run("a-1", 1, _ => -1, iterations: 30, asked: 40), other)[0];
        Assert.Equal([(30.0, -1.0)], stopped.Series[0].Stops);
        Assert.EndsWith(", × stopped", stopped.Caption);
    }

    [Fact]
    public void Over_environment_steps_each_run_has_its_own_way_and_a_mean_the_mean_of_them()
    {
        RecordedRun Of(long seed, double perIteration)
        {
            RecordedRun run = MadeRuns.Run($"a-{seed}", seed, _ => seed);
            double[] steps = [.. Enumerable.Repeat(perIteration, 40)];
            return run with { Metrics = new Dictionary<string, double[]>(run.Metrics) { ["live_steps"] = steps } };
        }
        PlotPanel panel = RunPlot.Of(RunGroup.Of([Of(1, 100), Of(2, 300)]), TrainingAxis.Steps)[0];
        Assert.Equal(("thousand environment steps", 1000), (panel.Axis.Name, panel.Axis.Unit));
        Assert.Equal([100, 300], panel.Series[0].Runs.Select(run => run.Points[0].X));
        Assert.Equal((200, 1.5), (panel.Series[0].Points[0].X, panel.Series[0].Points[0].Return.Mean));
        Assert.Equal(8000, panel.Series[0].Points[^1].X);
    }

    [Fact]
    public void A_mean_is_drawn_only_where_every_seed_was_measured_and_one_run_is_its_own_mean()
    {
        static double Every(int iteration, int n) => iteration % n == 0 ? -iteration : double.NaN;
        PlotSeries both = Plot(MadeRuns.Run("a-1", 1, i => Every(i, 10)), MadeRuns.Run("a-2", 2, i => Every(i, 4)))[0].Series[0];
        Assert.Equal([20, 40], both.Points.Select(point => point.X));
        PlotSeries one = Plot(MadeRuns.Run("runs/a-1", 1, i => Every(i, 10)))[0].Series[0];
        Assert.Equal("a-1", one.Name);
        Assert.Empty(one.Runs);
        Assert.All(one.Points, point => Assert.Equal(new MeanInterval(-point.X, -point.X, -point.X), point.Return));
    }

    [Fact]
    public void Training_returns_take_the_place_of_validation_that_a_run_lacks()
    {
        RecordedRun validated = MadeRuns.Run("a", 1, i => i % 10 == 0 ? 0 : double.NaN);
        RecordedRun trained = MadeRuns.Run("b", 1, _ => double.NaN, learningRate: 2e-3);
        PlotPanel panel = Plot(validated, trained)[0];
        Assert.Equal("Return on training tasks after 2 gradient steps", panel.Title);
        Assert.All(panel.Series, series => Assert.All(series.Points, point => Assert.Equal(-6, point.Return.Mean)));
    }

    [Fact]
    public void Curves_after_different_numbers_of_gradient_steps_say_after_how_many()
    {
        RecordedRun one = MadeRuns.Run("a", 1, _ => 0, evaluation: [-40, -10, -3]);
        RecordedRun other = MadeRuns.Run("b", 1, _ => 0, evaluation: [-40, -10, -3], learningRate: 2e-3);
        var metrics = new Dictionary<string, double[]>(other.Metrics) { ["validation_return_1"] = other.Metrics["validation_return_2"] };
        IReadOnlyList<PlotPanel> panels = Plot(one, other with { Config = other.Config with { InnerSteps = 1 }, Metrics = metrics });
        Assert.Equal(["a · 2 steps", "b · 1 step"], panels[0].Series.Select(series => series.Name));
        Assert.Equal(["a", "b"], panels[1].Series.Select(series => series.Name));
        Assert.Equal(["a", "b"], Plot(one, other)[0].Series.Select(series => series.Name));
    }

    [Fact]
    public void Adaptation_is_over_tasks_for_one_run_and_over_seeds_for_several()
    {
        RecordedRun one = MadeRuns.Run("a", 1, _ => 0, evaluation: [-40, -10, -3]);
        RecordedRun two = MadeRuns.Run("b", 2, _ => 0, evaluation: [-40, -12, -3]);
        PlotPanel single = Plot(one)[1], pair = Plot(one, two)[1];
        // Three tasks 1 apart around the mean.
        Assert.Equal(-10 - 4.302653 / Math.Sqrt(3), single.Series[0].Points[1].Return.Low, 1e-5);
        Assert.Equal(new MeanInterval(-11, -12, -10), pair.Series[0].Points[1].Return);
        Assert.Equal(("mean, 95 % interval over tasks", "mean, range over seeds"), (single.Caption, pair.Caption));
        Assert.Equal([new PlotReference("optimal control", MadeRuns.Optimum), new PlotReference("untrained", -61)], single.References);
    }

    [Fact]
    public void The_untrained_policy_is_left_out_where_the_runs_began_with_policies_of_different_kinds()
    {
        RecordedRun one = MadeRuns.Run("a", 1, _ => 0), wide = MadeRuns.Run("b", 1, _ => 0, learningRate: 2e-3);
        Assert.Equal(["untrained"], Plot(one, wide)[0].References.Select(reference => reference.Name));
        MetaTrainingConfig narrow = (MetaTrainingConfig)wide.Config with { InitialStd = 0.5 };
        Assert.Empty(Plot(one, wide with { Config = narrow })[0].References);
    }

    [Fact]
    public void Runs_that_cannot_be_compared_are_refused()
    {
        RecordedRun run = MadeRuns.Run("runs/a", 1, _ => 0, evaluation: [-40, -10]);
        Refuses("take one of them at a time", run, MadeRuns.Run("runs/b", 1, _ => 0, family: "arm-goals"));
        Refuses("same configuration and seed", run, run with { Path = "runs/again" });
        Refuses("7 configurations", [.. Enumerable.Range(1, 7).Select(i => MadeRuns.Run($"{i}", 1, _ => 0, learningRate: i))]);
        RecordedRun other = MadeRuns.Run("runs/c", 2, _ => 0);
        RecordedRun With(StepEvaluation step) => other with { Evaluation = new PolicyEvaluation([step]) };
        Refuses("different tasks", run, With(new(0, [-1, -2, -3], 1)));
        Refuses("different tasks", run, With(new(0, [-40, -40], 40 + MadeRuns.Optimum)));
        RecordedRun Of(RecordedRun plain, double goal, bool deterministic)
        {
            var tasks = new TaskBatch(["goal_x", "goal_y"], [0, 0, 0, 1, 0, goal]);
            IReadOnlyList<StepEvaluation> returns = ((PolicyEvaluation)plain.Evaluation!).Returns;
            var protocol = new EvaluationProtocol("maml-nav", 1, "test", tasks, 40, 40, deterministic);
            return plain with { Evaluation = new PolicyEvaluation(returns, protocol) };
        }
        RecordedRun evaluated = other with { Evaluation = run.Evaluation };
        Assert.Equal(2, Plot(Of(run, 2, false), Of(evaluated, 2, false)).Count);
        // Of the same best return, which is all that files of before tell.
        Assert.Equal(2, Plot(Of(run, 2, false), evaluated).Count);
        Refuses("different tasks", Of(run, 2, false), Of(evaluated, 3, false));
        Refuses("one is evaluated with --deterministic", Of(run, 2, false), Of(evaluated, 2, true));
        Refuses("no column validation_return_2", run with { Metrics = new Dictionary<string, double[]> { ["iteration"] = [1] } });
    }

    [Fact]
    public void Configurations_are_called_by_what_their_folders_have_in_common_or_by_a_path()
    {
        Assert.Equal(["maml", "runs/1/x"], RunGroup.Of(
        [
            MadeRuns.Run("runs/maml-1", 1, _ => 0), MadeRuns.Run("runs/maml-2", 2, _ => 0),
            MadeRuns.Run("runs/1/x", 1, _ => 0, learningRate: 2), MadeRuns.Run("runs/2/y", 2, _ => 0, learningRate: 2),
        ]).Select(group => group.Name));
        RecordedRun one = MadeRuns.Run("one/run", 1, _ => 0), two = MadeRuns.Run("two/run", 1, _ => 0, learningRate: 2);
        Assert.Equal(["one/run", "two/run"], RunGroup.Of([one, two]).Select(group => group.Name));
    }

    [Fact]
    public void Labels_keep_their_order_their_distance_and_the_bounds_and_stay_where_there_is_room()
    {
        Assert.Equal([10f, 50, 90], LabelColumn.Place([10, 50, 90], 18, 0, 100));
        Assert.Equal([41f, 59], LabelColumn.Place([50, 50], 18, 0, 100));
        Assert.Equal([0f, 18, 36, 82], LabelColumn.Place([1, 2, 3, 99], 18, 0, 82));
        RandomStream stream = RandomStream.FromSeed(5);
        for (int trial = 0; trial < 500; trial++)
        {
            float[] anchors = [.. Enumerable.Range(0, 1 + trial % 8).Select(i => 300 * (float)stream.Uniform(trial * 8 + i)).Order()];
            float[] places = LabelColumn.Place(anchors, 18, 20, 280);
            for (int i = 1; i < places.Length; i++) Assert.True(places[i] - places[i - 1] > 18 - 1e-3f);
            Assert.True(places[0] >= 20 && places[^1] < 280.001f);
        }
    }

    [Fact]
    public void No_character_of_a_plot_covers_another_or_leaves_the_picture()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            (float width, float height) = seed % 3 == 0 ? (1280, 560) : seed % 3 == 1 ? (460, 600) : (900, 300);
            Canvas canvas = Drawn(MadeRuns.Random(seed), width, height);
            Letters.AssertApart(canvas, new Rect(0, 0, width, height), $"seed {seed}");
        }
    }

    [Fact]
    public void The_numbers_that_are_written_are_those_that_are_drawn()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "plot.csv");
        RecordedRun[] runs =
        [
            MadeRuns.Run("a,b-1", 1, i => -20.0 / i, evaluation: [-40, -9, -3]),
            MadeRuns.Run("a,b-2", 2, i => -30.0 / i, evaluation: [-41, -8, -2]),
            MadeRuns.Run("c", 1, i => -25.0 / i, evaluation: [-42, -12, -5], learningRate: 2),
        ];
        IReadOnlyList<RunGroup> groups = RunGroup.Of(runs);
        PlotFile.Write(path, PlotHeading.Of(groups), RunPlot.Of(groups), 1280, 560, Theme.Dark);
        string[] lines = File.ReadAllLines(path);
        Assert.Equal("panel,series,run,x,return,low,high", lines[0]);
        (double X, double Return, bool IsMean)[] rows =
        [
            .. lines.Skip(1).Where(line => line.StartsWith("learning,") && !line.Contains(",,,"))
                .Select(line => line.Replace("\"a,b · 2 seeds\"", "ab").Replace("\"a,b-", "\"").Split(','))
                .Select(cells => (Number(cells[3]), Number(cells[4]), cells[2].Length == 0)),
        ];
        Assert.Equal(4 * 40, rows.Length);
        // Means are drawn by the widest lines of their colour; all of them through one affine map of the numbers.
        LinePoint[] points = Drawn(runs, 1280, 560).Points.Span.ToArray();
        Vector2[] first = Curve(0), second = Curve(1);
        (double X, double Return, bool)[] means = [.. rows.Where(row => row.IsMean)];
        Assert.Equal(means.Length, first.Length + second.Length);
        double xScale = (first[39].X - first[0].X) / 39.0, yScale = (first[39].Y - first[0].Y) / (means[39].Return - means[0].Return);
        foreach ((int i, Vector2 at) in first.Concat(second).Index())
        {
            Assert.Equal(first[0].X + (means[i].X - 1) * xScale, at.X, 0.01);
            Assert.Equal(first[0].Y + (means[i].Return - means[0].Return) * yScale, at.Y, 0.01);
        }

        Vector2[] Curve(int number)
        {
            IEnumerable<LinePoint> curve = points.Where(point => point.Width == 2.2f && point.Colour == Theme.Dark.Series[number]);
            return [.. curve.Select(point => new Vector2(point.X, point.Y)).Take(40)];
        }
        static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Charts_of_a_weight_have_one_scale_and_those_that_matter_most_come_first()
    {
        WeightCurve Of(string input, int step, double slope) => new(
            input, "m", step, [.. Enumerable.Range(0, 5).Select(i => (-0.5 + 0.25 * i, new MeanInterval(slope * i, slope * i - 1, 9)))]);
        WeightCurve[] curves = [Of("x", 0, 0.5), Of("x", 1, 0.1), Of("reward", 0, 1), Of("reward", 1, -2)];
        IReadOnlyList<PlotPanel> panels = WeightPlot.Of(curves);
        Assert.Equal(["reward", "x"], panels.Select(panel => panel.Name));
        Assert.All(panels, panel => Assert.Equal((-9.0, 9.0), panel.Shown));
        Assert.Equal(["step 1", "step 2"], panels[0].Series.Select(series => series.Name));
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "weight.csv");
        IReadOnlyList<RunGroup> groups = RunGroup.Of([MadeRuns.Run("a", 1, i => -1)]);
        PlotFile.Write(path, PlotHeading.Of(groups), panels, 1280, 560, Theme.Dark);
        Assert.Equal("panel,series,run,x,psi,low,high", File.ReadLines(path).First());
        // The axis reaches from the least x to the greatest, and both charts are beside each other.
        var canvas = new Canvas(1280, 560);
        PlotScreen.Draw(canvas, Theme.Dark, PlotHeading.Of(groups), panels);
        LinePoint[] curve = [.. canvas.Points.Span.ToArray().Where(point => point.Width == 2.2f).Take(5)];
        Assert.InRange(curve[0].X, 30, 90);
        Assert.InRange(curve[4].X, 480, 620);
    }

    [Theory]
    [InlineData(6, 1280, 900, true)]
    [InlineData(6, 1280, 560, false)]
    [InlineData(2, 1280, 560, true)]
    [InlineData(3, 600, 560, false)]
    public void Charts_stand_in_rows_where_there_is_room_for_a_readable_size(int charts, float width, float height, bool fits) =>
        Assert.Equal(fits, PlotScreen.Fits(width, height, charts));

    [Theory]
    [InlineData(0.25, 2)]
    [InlineData(2.5, 1)]
    [InlineData(20, 0)]
    [InlineData(0.005, 3)]
    [InlineData(1, 0)]
    public void Ticks_are_written_with_as_many_digits_as_they_have(double spacing, int digits) =>
        Assert.Equal(digits, Ticks.Digits(spacing));

    [Fact]
    public void Whole_axes_have_whole_spacings()
    {
        Assert.Equal([1, 1, 2, 5, 5, 10, 25], new[] { 0.1, 1, 1.5, 2.1, 3, 7, 21 }.Select(Ticks.RoundUpWhole));
    }

    internal static Canvas Drawn(IReadOnlyList<RecordedRun> runs, float width, float height, Theme? theme = null)
    {
        IReadOnlyList<RunGroup> groups = RunGroup.Of(runs);
        var canvas = new Canvas(width, height);
        PlotScreen.Draw(canvas, theme ?? Theme.Dark, PlotHeading.Of(groups), RunPlot.Of(groups));
        return canvas;
    }

    private static IReadOnlyList<PlotPanel> Plot(params RecordedRun[] runs) => RunPlot.Of(RunGroup.Of(runs));

    private static void Refuses(string saying, params RecordedRun[] runs)
    {
        var refusal = Assert.Throws<InputException>(() => RunPlot.Of(RunGroup.Of(runs)));
        Assert.Contains(saying, refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }
}
