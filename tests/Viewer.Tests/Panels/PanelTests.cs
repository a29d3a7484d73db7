using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer.Tests;

/// <summary>The panels beside a world: their places, and what is drawn in them.</summary>
public class PanelTests
{
    private static readonly MapAxis Goal = new(0, "goal_x", "m", -0.5, 0.5, 15);

    private static readonly MapAxis Payload = new(0, "payload", "kg", 0.0003, 0.9996, 15), None = new(0, "", "", 0, 0, 1);

    public static TheoryData<int, int> Sizes => new()
    {
        { 860, 480 }, { 900, 520 }, { 1024, 640 }, { 1280, 720 }, { 1920, 1080 }, { 2000, 700 },
        { 1000, 1000 }, { 1000, 1400 }, { 700, 1000 }, { 640, 800 }, { 500, 900 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void The_chart_and_the_map_have_room_beside_the_world_or_under_it(int width, int height)
    {
        foreach (ScreenLayout layout in new[] { ScreenLayout.Of(width, height), ScreenLayout.OfPopulation(width, height) })
        {
            IEnumerable<Rect> others = new[] { layout.Field, layout.Change }.Where(panel => !panel.IsEmpty);
            Rect[] panels = [layout.World, layout.Chart, layout.Map, .. others, layout.Timeline];
            for (int i = 0; i < panels.Length; i++)
            {
                Assert.True(panels[i].Width >= 150 && panels[i].Height >= (panels[i] == layout.Timeline ? 60 : 110), $"{panels[i]}");
                Assert.True(new Rect(0, 0, width, height).Encloses(panels[i]));
                Assert.All(panels[..i], other => Assert.False(panels[i].Overlaps(other)));
            }
        }
    }

    [Theory]
    [InlineData(1280, 720, false, true)]
    [InlineData(900, 520, false, false)]
    [InlineData(1000, 1000, false, true)]
    [InlineData(700, 1000, true, true)]
    [InlineData(640, 800, true, false)]
    public void A_tall_window_has_its_panels_under_the_world_and_a_low_one_has_fewer(int width, int height, bool isUnder, bool hasAll)
    {
        ScreenLayout layout = ScreenLayout.Of(width, height);
        Assert.Equal((isUnder, hasAll, hasAll), (layout.Chart.Y > layout.World.Bottom, !layout.Field.IsEmpty, !layout.Change.IsEmpty));
    }

    [Theory, MemberData(nameof(Sizes))]
    public void No_character_of_a_panel_covers_another_or_leaves_it_or_is_too_small(int width, int height)
    {
        ScreenLayout layout = ScreenLayout.Of(width, height);
        foreach (Replay replay in Replays())
        {
            string what = $"{replay.Map.X.Name} after {replay.InnerSteps} at {width}x{height}";
            StepReturns[] returns = [.. replay.Steps.Select(step => step.Returns)];
            var shown = new ChartReturns(returns, "trajectories", replay.Reference, replay.UntrainedReturn, "gradient step");
            var chart = new ReturnChart(shown);
            foreach ((Rect area, Action<Brush, Rect> draw) in new (Rect, Action<Brush, Rect>)[]
            {
                (layout.Map, new MapPanel(replay).Draw), (layout.Change, (brush, area) => ChangePanel.Draw(brush, area, replay)),
                (layout.Field, (brush, area) => FieldPanel.Draw(brush, area, replay, replay.InnerSteps)),
                (layout.Chart, chart.Draw),
            })
            {
                if (area.IsEmpty) continue;
                var canvas = new Canvas(width, height);
                draw(new Brush(canvas, Theme.Dark), area);
                Letters.AssertApart(canvas, area.Inset(4), what);
                Assert.All(canvas.Glyphs.Span.ToArray(), glyph => Assert.True(glyph.PixelsPerUnit * StrokeFont.CapHeight > 6.4f, what));
                if (area == layout.Map && replay.InnerSteps > 0)
                    Assert.Contains($"after{replay.InnerSteps}step", Letters.Text(canvas));
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Returns_by_task_stay_in_their_panel(int width, int height)
    {
        Population population = Fixtures.Population();
        Rect area = ScreenLayout.OfPopulation(width, height).Map;
        var canvas = new Canvas(width, height);
        TaskPanel.Draw(new Brush(canvas, Theme.Dark), area, population);
        Letters.AssertApart(canvas, area.Inset(4), $"{width}x{height}");
        static bool IsDisc(BoxInstance box) => box.Radius > 0 && box.HalfWidth == box.HalfHeight && box.Radius == box.HalfWidth;
        BoxInstance[] discs = [.. canvas.Boxes.Span.ToArray().Where(IsDisc)];
        Assert.Equal(population.Worlds.Count * population.Steps.Count, discs.Length);
        Assert.All(discs, disc => Assert.True(area.Contains(new(disc.CentreX, disc.CentreY))));
    }

    [Fact]
    public void A_few_cells_do_not_take_the_colours_from_all_others()
    {
        double[] even = [.. Enumerable.Range(0, 225).Select(i => -10 + i / 45.0)];
        (string, int) Drawn(double[] returns)
        {
            var map = new ReturnMap(Goal, Goal with { Column = 1, Name = "goal_y" }, returns, returns);
            Canvas canvas = Draw(Fixtures.Point() with { Map = map });
            // Cells are the only small boxes of their size.
            IEnumerable<BoxInstance> cells = canvas.Boxes.Span.ToArray().Where(box => box.Radius == 1.5f);
            return (Letters.Text(canvas), cells.Select(box => box.Fill).Distinct().Count());
        }
        (string text, int colours) = Drawn(even);
        (string textWithOne, int coloursWithOne) = Drawn([-67, .. even[1..]]);
        Assert.Contains("<−9.91", text);
        Assert.Contains("<−9.91", textWithOne);
        Assert.Contains("−67.0", textWithOne);
        Assert.InRange(coloursWithOne, colours - 1, colours);
        Assert.True(colours > 150);
    }

    [Fact]
    public void Where_tasks_are_few_every_one_has_a_cell_with_its_return()
    {
        var corner = new MapAxis(0, "goal_x", "m", -2, 2, 2, [-2, 2]);
        var map = new ReturnMap(corner, corner with { Column = 1, Name = "goal_y" }, new double[4], [-11, -12, -13, -14]);
        string text = Letters.Text(Draw(Fixtures.Point() with { Map = map }));
        foreach (string number in new[] { "−11.0", "−12.0", "−13.0", "−14.0", "goalx", "goaly(m)" }) Assert.Contains(number, text);
        // All are within the scale.
        Assert.DoesNotContain('<', text);
    }

    [Fact]
    public void One_column_is_a_curve_for_the_prior_and_one_for_the_adapted_policy_over_its_values()
    {
        double[] prior = [.. Enumerable.Range(0, 15).Select(i => -20 - i % 4.0)], adapted = [.. prior.Select(value => value / 2)];
        LinePoint[] points = Draw(Fixtures.Point() with { Map = new ReturnMap(Payload, None, prior, adapted) }).Points.Span.ToArray();
        LinePoint[] Curve(int step)
        {
            Colour colour = Theme.Dark.Step(step, Fixtures.InnerSteps);
            return [.. points.Where(point => point.Width == 2 && point.Colour == colour).Take(15)];
        }
        (LinePoint[] before, LinePoint[] after) = (Curve(0), Curve(Fixtures.InnerSteps));
        double scale = (before[1].Y - before[0].Y) / (prior[1] - prior[0]);
        Assert.True(scale < 0);
        for (int i = 0; i < 15; i++)
        {
            Assert.Equal(before[0].X + i * (before[14].X - before[0].X) / 14, after[i].X, 0.01f);
            Assert.Equal(before[0].Y + scale * (prior[i] - prior[0]), before[i].Y, 0.01);
            Assert.Equal(before[0].Y + scale * (adapted[i] - prior[0]), after[i].Y, 0.01);
        }
    }

    [Fact]
    public void Means_of_a_map_are_told_once_all_of_its_cells_are_known()
    {
        Replay replay = Replays().First();
        static string Words(Canvas canvas) => string.Concat(canvas.Glyphs.Span.ToArray().Select(glyph => (char)glyph.Letter));
        Assert.DoesNotContain("mean", Words(Draw(replay with { Map = replay.Map with { IsWhole = false } })));
        Assert.Contains("priormean", Words(Draw(replay with { Map = replay.Map with { IsWhole = true } })));
    }

    [Fact]
    public void Rewards_that_are_all_the_same_are_drawn_in_the_middle_of_their_strip()
    {
        var canvas = new Canvas(400, 100);
        var area = new Rect(0, 0, 400, 100);
        float[] rewards = [.. Enumerable.Repeat(-1f, 20)];
        Timeline.DrawStill(new Brush(canvas, Theme.Dark), area, [(rewards, -20)], "gradient step", "mean", 20, 0);
        float middle = Timeline.Strip(area, 1, 0).Centre.Y;
        LinePoint[] line = [.. canvas.Points.Span.ToArray().Where(point => point.Width == 1.8f)];
        Assert.True(line.Length >= 20);
        Assert.All(line, point => Assert.Equal(middle, point.Y, 0.01f));
    }

    [Fact]
    public void One_layer_s_large_change_leaves_the_others_readable()
    {
        Assert.Equal(0.06, ChangePanel.WholeBar([0.02, 0.01, 0.02, 13.16]), 1e-12);
        Assert.Equal(0.05, ChangePanel.WholeBar([0.02, 0.01, 0.05]), 1e-12);
        Assert.Equal(13.16, ChangePanel.WholeBar([13.16]), 1e-12);
        Assert.Equal(13.16, ChangePanel.WholeBar([0, 13.16]), 1e-12);
    }

    private static Canvas Draw(Replay replay)
    {
        var canvas = new Canvas(1280, 720);
        new MapPanel(replay).Draw(new Brush(canvas, Theme.Dark), ScreenLayout.Of(1280, 720).Map);
        return canvas;
    }

    /// <summary>Maps of all kinds, numbers of steps, long names.</summary>
    private static IEnumerable<Replay> Replays()
    {
        var corner = new MapAxis(0, "goal_x", "m", -2, 2, 2, [-2, 2]);
        var direction = new MapAxis(0, "direction_1", "rad", -Math.PI, Math.PI, 15);
        var wind = new MapAxis(0, "wind_x", "m/s", -0.0498, 0.0497, 15);
        foreach ((MapAxis x, MapAxis y) in new[]
        {
            (Goal, Goal with { Column = 1, Name = "goal_y" }),
            (corner, corner with { Column = 1, Name = "goal_y" }),
            (direction, direction with { Column = 1, Name = "direction_2", Low = -6.28, High = 6.28 }),
            (wind, wind with { Column = 1, Name = "wind_y" }),
            (Payload, None),
            (new MapAxis(0, "gravity", "m/s^2", 9.8, 9.8, 1, [9.8]), None),
        })
        {
            foreach (int steps in new[] { 0, 1, 3, 9 })
            {
                Replay replay = Fixtures.OfSteps(steps);
                double[] returns = [.. Enumerable.Range(0, x.Cells * y.Cells).Select(i => i == 0 ? -6700 : -100.0 - i % 7)];
                double[] Changes(int step) => step == 0 ? [] : [0.02 / step, 0.01, 0.02, 13.16];
                yield return replay with
                {
                    Map = new ReturnMap(x, y, [.. returns.Select(value => 1.01 * value)], returns),
                    Layers = ["layer 1  2×100", "layer 2  100×100", "layer 3  100×2", "log σ"],
                    Steps = [.. replay.Steps.Select((step, k) => step with { ParameterChange = Changes(k) })],
                    Field = replay.Field with { Axes = (new("angle_1", "rad"), new("angle_2", "rad")) },
                };
            }
        }
    }
}
