using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer.Tests;

/// <summary>The chart of returns by gradient step.</summary>
public class ChartTests
{
    private const float MeanWidth = 2.4f, PointRadius = 1.7f;

    public static TheoryData<int, int> Sizes => new()
    {
        { 860, 480 }, { 900, 520 }, { 1024, 640 }, { 1280, 720 }, { 1920, 1080 }, { 700, 1000 },
    };

    // Means by gradient step, half the width of the returns around them, the reference and the untrained return, taken from
    // runs of gymnax-point, promp-walls, arm-payloads and focal-wind.
    public static TheoryData<double[], double, double, double> Runs => new()
    {
        { [0.15, 1.5, 1.2, 3.9], 2, 16, 0.15 },
        { [-290, -220, -160, -197.4], 80, -12.3, -281 },
        { [-17.2, -15.1, -14.4, -14.2], 2, -8.78, -101 },
        { [-52, -25.5, -24, -23.8], 3, -4.37, -410.6 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Labels_overlap_neither_each_other_nor_the_steps_below(int width, int height)
    {
        Rect area = ScreenLayout.Of(width, height).Chart;
        for (int last = -50; last <= 0; last += 2)
        {
            for (int untrained = -150; untrained <= 0; untrained += 5)
            {
                ReturnChart chart = Chart([new([-30.0, -29]), new([last - 1.0, last + 1])], -1, untrained);
                var canvas = new Canvas(width, height);
                chart.Draw(new Brush(canvas, Theme.Dark), area);
                Rect[] places = [.. chart.Labels.Select(label => label.Place)];
                for (int i = 0; i < places.Length; i++)
                {
                    Assert.All(places[..i], other => Assert.False(places[i].Overlaps(other), $"{last} {untrained}"));
                    Assert.True(area.Inset(0, 26, 0, 28).Encloses(places[i]), $"{last} {untrained}: {chart.Labels[i].Text}");
                }
                Assert.Equal(Brush.Return(last), chart.Labels[0].Text);
            }
        }
    }

    [Theory, MemberData(nameof(Runs))]
    public void Labels_hide_neither_the_means_nor_a_single_return(double[] means, double half, double reference, double untrained)
    {
        var canvas = new Canvas(1280, 720);
        ReturnChart chart = Chart([.. means.Select(mean => Around(mean, half))], reference, untrained);
        chart.Draw(new Brush(canvas, Theme.Dark), ScreenLayout.Of(1280, 720).Chart);
        Assert.Equal(3, chart.Labels.Count);
        Vector2[] line = Means(canvas);
        Assert.Equal(means.Length, line.Length);
        foreach ((string text, Rect place) in chart.Labels)
        {
            Assert.DoesNotContain(Points(canvas), place.Contains);
            // The line is half hidden by a label's margin at most where it passes by.
            Rect letters = place.Inset(3, 2, 3, 2);
            for (int i = 0; i < 100 * (line.Length - 1); i++)
                Assert.False(letters.Contains(Vector2.Lerp(line[i / 100], line[i / 100 + 1], i % 100 / 100f)), $"{text} on the mean");
        }
    }

    [Fact]
    public void The_lowest_line_s_name_has_a_row_below_it()
    {
        // Returns that are never below the untrained policy, as sparse rewards have them.
        StepReturns UpTo(double most) => new([.. Enumerable.Range(0, 20).Select(i => most * i / 19)]);
        StepReturns[] steps = [UpTo(0), UpTo(4), UpTo(4), UpTo(10)];
        foreach ((int width, int height) in new[] { (900, 520), (1280, 720), (1000, 1400) })
        {
            var canvas = new Canvas(width, height);
            ReturnChart chart = Chart(steps, 16, 0.15);
            chart.Draw(new Brush(canvas, Theme.Dark), ScreenLayout.Of(width, height).Chart);
            Rect place = chart.Labels.Single(label => label.Text == "untrained 0.15").Place;
            Assert.DoesNotContain(Points(canvas), place.Contains);
            Assert.True(place.Y > Points(canvas).Max(point => point.Y));
        }
    }

    [Theory]
    [InlineData(-101, "↓ untrained −101.0")]
    [InlineData(40, "↑ untrained 40.0")]
    [InlineData(-19, "untrained −19.0")]
    public void What_would_flatten_the_returns_is_named_at_the_edge(double untrained, string label)
    {
        var canvas = new Canvas(1280, 720);
        Rect area = ScreenLayout.Of(1280, 720).Chart;
        ReturnChart chart = Chart([Around(-17, 1), Around(-14, 1)], -12, untrained);
        chart.Draw(new Brush(canvas, Theme.Dark), area);
        Assert.Contains(chart.Labels, one => one.Text == label);
        float[] heights = [.. Points(canvas).Select(point => point.Y)];
        Assert.True(heights.Max() - heights.Min() > 0.25f * (area.Height - 74));
    }

    [Fact]
    public void A_label_leaves_out_its_number_before_it_hides_anything()
    {
        // Returns everywhere but for a corner that has room for a word.
        StepReturns From(int first) => new([.. Enumerable.Range(first, 40).Select(i => -20.0 + i / 2.0)]);
        StepReturns[] steps = [.. Enumerable.Range(0, 11).Select(step => From(step < 2 ? 10 : 0))];
        ReturnChart chart = Chart(steps, double.NaN, -15.5);
        chart.Draw(new Brush(new Canvas(1280, 720), Theme.Dark), ScreenLayout.Of(1280, 720).Chart);
        Assert.Contains(chart.Labels, label => label.Text == "untrained");
    }

    [Fact]
    public void Charts_beside_each_other_have_one_axis()
    {
        ChartReturns Returns(double prior, double untrained) =>
            new([Around(prior, 5), Around(-3, 1)], "trajectories", new(-1, ReturnKind.Optimal), untrained, "gradient step");
        ChartReturns one = Returns(-40, -60), other = Returns(-90, -95);
        Vector2[] Drawn(ChartReturns left, ChartReturns right)
        {
            var canvas = new Canvas(1280, 720);
            new ReturnChart(left, right).Draw(new Brush(canvas, Theme.Dark), ScreenLayout.Half(1280, 720, 0).Chart);
            return Means(canvas);
        }
        Assert.Equal(Drawn(one, other)[1], Drawn(other, one)[1]);
        Assert.NotEqual(Drawn(one, one)[1], Drawn(one, other)[1]);
    }

    private static ReturnChart Chart(StepReturns[] returns, double reference, double untrained) =>
        new(new ChartReturns(returns, "trajectories", new ReferenceReturn(reference, ReturnKind.Optimal), untrained, "gradient step"));

    /// <summary>Twenty returns evenly around a mean.</summary>
    private static StepReturns Around(double mean, double half) =>
        new([.. Enumerable.Range(0, 20).Select(i => mean + half * (i / 9.5 - 1))]);

    private static Vector2[] Points(Canvas canvas)
    {
        IEnumerable<BoxInstance> points = canvas.Boxes.Span.ToArray().Where(box => box.HalfWidth == PointRadius);
        return [.. points.Select(box => new Vector2(box.CentreX, box.CentreY))];
    }

    /// <summary>The corners of the mean line; its first and last point lift the pen.</summary>
    private static Vector2[] Means(Canvas canvas)
    {
        IEnumerable<LinePoint> points = canvas.Points.Span.ToArray().Where(point => point.Width == MeanWidth);
        return [.. points.Select(point => new Vector2(point.X, point.Y)).Distinct()];
    }
}
