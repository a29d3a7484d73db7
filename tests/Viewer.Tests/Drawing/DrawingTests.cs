using System.Numerics;

namespace MamlRobotics.Viewer.Tests;

public class DrawingTests
{
    [Fact]
    public void The_font_has_every_printable_ascii_character()
    {
        for (char letter = ' '; letter <= '~'; letter++) Assert.True(StrokeFont.Has(letter), $"'{letter}'");
    }

    [Fact]
    public void Every_glyph_stays_within_its_width_and_the_line()
    {
        var outside = new List<string>();
        foreach ((char letter, (float width, string path)) in GlyphPaths.All)
        {
            foreach (Vector2 point in StrokeFont.Strokes(path).SelectMany(stroke => stroke))
            {
                bool isInside = point.X >= -0.1f && point.X <= width + 0.1f && point.Y is >= -4.25f and <= 15.85f;
                if (!isInside) outside.Add($"'{letter}' at {point}, width {width}");
            }
        }
        Assert.True(outside.Count == 0, string.Join('\n', outside));
    }

    [Fact]
    public void Digits_and_the_minus_have_widths_that_let_numbers_align()
    {
        Assert.Single(Enumerable.Range('0', 10).Select(digit => StrokeFont.Measure([(char)digit], 10)).Distinct());
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(900, 500)]
    [InlineData(640, 360)]
    [InlineData(2000, 700)]
    [InlineData(320, 240)]
    public void Panels_stay_on_the_screen_and_apart(float width, float height)
    {
        ScreenLayout layout = ScreenLayout.Of(width, height);
        Rect[] all = [layout.World, layout.Chart, layout.Map, layout.Field, layout.Change, layout.Timeline];
        Rect[] panels = [.. all.Where(panel => !panel.IsEmpty)];
        foreach (Rect panel in panels)
        {
            Assert.True(panel.X >= 0 && panel.Y >= 0 && panel.Right <= width && panel.Bottom <= height, $"{panel}");
            foreach (Rect other in panels.Where(other => other != panel))
                Assert.False(panel.Overlaps(other), $"{panel} and {other}");
        }
        Assert.False(layout.World.IsEmpty);
    }

    [Fact]
    public void The_camera_maps_there_and_back_and_zooms_at_the_pointer()
    {
        Camera camera = Camera.Fit(new Rect(10, 20, 400, 300), new(-1, -2), new(3, 2));
        var world = new Vector2(0.7f, -1.3f);
        Assert.Equal(0, Vector2.Distance(world, camera.ToWorld(camera.ToScreen(world))), 1e-5f);
        Camera zoomed = camera.ZoomAt(camera.ToScreen(world), 2.5f);
        Assert.Equal(0, Vector2.Distance(camera.ToScreen(world), zoomed.ToScreen(world)), 1e-3f);
        Assert.Equal(2.5f * camera.Zoom, zoomed.Zoom, 1e-3f);
        Assert.True(camera.ToScreen(new(0, 1)).Y < camera.ToScreen(new(0, 0)).Y);
    }

    [Theory]
    [InlineData(0, 1, 5, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(-42, 3, 4, new[] { -40.0, -20, 0 })]
    [InlineData(0.012, 0.019, 3, new[] { 0.0125, 0.015, 0.0175 })]
    public void Ticks_are_round_numbers_within_the_bounds(double low, double high, int most, double[] expected)
    {
        double[] ticks = [.. Ticks.Between(low, high, most)];
        Assert.Equal(expected.Length, ticks.Length);
        for (int i = 0; i < ticks.Length; i++) Assert.Equal(expected[i], ticks[i], 1e-9);
    }

    [Fact]
    public void A_path_costs_one_point_more_at_each_end_and_breaks_from_the_next()
    {
        var canvas = new Canvas(100, 100);
        canvas.Line(new(0, 0), new(10, 0), 2, Theme.Dark.Text);
        canvas.Line(new(0, 5), new(10, 5), 2, Theme.Dark.Text);
        Assert.Equal(8, canvas.Points.Count);
        Assert.Equal(1, canvas.Batches.Count);
        Assert.Equal([-1f, 2f, 2f, 2f, -1f, 2f, 2f, 2f], canvas.Points.Span.ToArray().Select(point => point.Width));
    }
}
