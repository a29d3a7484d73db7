using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer.Tests;

/// <summary>The map of what two policies differ by.</summary>
public class DifferenceTests
{
    private static readonly Rect Area = new(0, 0, 420, 200);

    [Fact]
    public void A_cell_has_the_colour_of_the_policy_that_is_better_there_as_far_as_both_are_known()
    {
        Replay left = WithReturns([-10, -30, -20, -20, double.NaN, -5]), right = WithReturns([-15, -10, -20, double.NaN, -3, -4]);
        var panel = new DifferencePanel(left, right);
        var canvas = new Canvas(420, 200);
        panel.Draw(new Brush(canvas, Theme.Dark), Area);
        // Differences −5, 20, 0 and 1; the largest is the end of the scale.
        Colour[] cells = [.. canvas.Boxes.Span.ToArray().Where(box => box.Radius == 1.5f).Select(box => box.Fill)];
        Assert.Equal(new[] { -0.25, 1, 0, 0.05 }.Select(share => DifferencePanel.ColourOf(Theme.Dark, share)), cells);
        Assert.Equal(Theme.Dark.Left, DifferencePanel.ColourOf(Theme.Dark, -1));
        Assert.Equal(Theme.Dark.Right, DifferencePanel.ColourOf(Theme.Dark, 1));
        string words = string.Concat(canvas.Glyphs.Span.ToArray().Select(glyph => (char)glyph.Letter));
        Assert.Contains("rightbetter50%", words);
        Assert.Contains("leftbetter25%", words);
        Assert.Contains("mean4.0", words);
    }

    /// <summary>The shares count every difference, so each of them has to be seen.</summary>
    [Theory]
    [InlineData("dark"), InlineData("light")]
    public void The_smallest_difference_is_seen_and_none_is_not(string name)
    {
        Theme theme = Theme.Of(name);
        Assert.Equal(theme.Grid, DifferencePanel.ColourOf(theme, 0));
        foreach (double share in new[] { -1e-4, 1e-4 })
            Assert.True(Distance(DifferencePanel.ColourOf(theme, share), theme.Grid) > 30, $"{share}");
        Assert.True(Distance(DifferencePanel.ColourOf(theme, -1e-4), DifferencePanel.ColourOf(theme, 1e-4)) > 30);

        static float Distance(Colour one, Colour other) =>
            new System.Numerics.Vector3(one.R - other.R, one.G - other.G, one.B - other.B).Length();
    }

    [Fact]
    public void Either_map_s_new_cells_are_drawn_and_leave_no_garbage()
    {
        (Replay left, Replay right) = (WithReturns([-1, -2, -3, -4, -5, -6]), WithReturns([-2, -2, -2, -2, -2, -2]));
        var panel = new DifferencePanel(left, right);
        var brush = new Brush(new Canvas(420, 200), Theme.Dark);
        Assert.True(panel.HasAdditions);
        panel.Draw(brush, Area);
        Assert.False(panel.HasAdditions);
        foreach (Replay gains in new[] { left, right })
        {
            gains.Map.Publish();
            Assert.True(panel.HasAdditions);
            panel.DrawAgain(brush, Area);
            Assert.False(panel.HasAdditions);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            brush.Canvas.Begin(420, 200);
            panel.DrawAgain(brush, Area);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(900, 520, false), InlineData(1280, 720, true), InlineData(1920, 1080, true)]
    public void The_map_has_room_of_its_own_between_the_charts_where_the_window_is_large(float width, float height, bool hasMap)
    {
        ScreenLayout left = ScreenLayout.Half(width, height, 0), right = ScreenLayout.Half(width, height, 1);
        Assert.Equal(hasMap, !right.Map.IsEmpty);
        Assert.True(left.Map.IsEmpty);
        Rect[] map = hasMap ? [right.Map] : [];
        Rect[] panels = [left.World, right.World, left.Chart, right.Chart, left.Timeline, right.Timeline, .. map];
        for (int i = 0; i < panels.Length; i++)
        {
            Assert.True(new Rect(0, 0, width, height).Encloses(panels[i]));
            Assert.All(panels[..i], other => Assert.False(panels[i].Overlaps(other)));
        }
    }

    /// <summary>Over two columns with three values and two.</summary>
    private static Replay WithReturns(double[] adapted)
    {
        MapAxis x = new(0, "goal_x", "m", -1, 1, 3), y = new(1, "goal_y", "m", -1, 1, 2);
        return Fixtures.Point() with { Map = new ReturnMap(x, y, [.. adapted], adapted) };
    }
}
