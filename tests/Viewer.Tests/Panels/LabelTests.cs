using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Texts that share a narrow place.</summary>
public class LabelTests
{
    [Fact]
    public void Any_number_of_gradient_steps_fits_a_screen_of_any_width_whole_or_in_halves()
    {
        for (int steps = 0; steps <= ViewerControls.MostSteps; steps++)
        {
            Replay replay = Fixtures.OfSteps(steps);
            for (int width = 320; width <= 1920; width += 80)
            {
                var playback = new Playback(steps + 1, replay.Horizon);
                ReplayScreen whole = new(replay, Theme.Dark, width, 480);
                ReplayScreen Half(int index) => new(replay, Theme.Dark, width, 480, playback, new(index, replay));
                foreach (ReplayScreen screen in new[] { Half(0), Half(1), whole })
                {
                    var canvas = new Canvas(width, 480);
                    screen.Playback.Seek(screen.Playback.Length);
                    screen.DrawStill(canvas);
                    screen.DrawMoving(canvas);
                    AssertDescribed(screen.Layout.Timeline, replay);
                }
            }
        }
    }

    /// <summary>Every episode has a strip of its own, whose label has room under it.</summary>
    private static void AssertDescribed(Rect timeline, Replay replay)
    {
        int episodes = replay.Steps.Count;
        Rect[] strips = [.. Enumerable.Range(0, episodes).Select(episode => Timeline.Strip(timeline, episodes, episode))];
        for (int episode = 0; episode < episodes; episode++)
        {
            Rect strip = strips[episode];
            Assert.True(strip.Width >= 1 && timeline.Encloses(strip) && !strips[..episode].Any(strip.Overlaps));
            (string name, string value) = Timeline.Label(episode, "gradient step", "mean action", -23.4, strip.Width);
            float width = StrokeFont.Measure(name, Brush.Small) + StrokeFont.Measure(value, Brush.Small);
            Assert.True(width <= strip.Width, $"{name} {value}");
            Assert.True(name.Length > 0 || strip.Width < 10);
        }
    }

    [Fact]
    public void A_strip_that_becomes_narrow_shortens_its_name_then_drops_whose_return_it_is_and_then_that()
    {
        string Label(int room) =>
            Timeline.Label(3, "gradient step", "mean action", -2.95, room) is var (name, value) ? $"{name} {value}" : "";
        string[] expected =
            ["after 3 gradient steps mean action −2.95", "step 3 mean action −2.95", "step 3 −2.95", "3 −2.95", "step 3 ", "3 ", " "];
        Assert.Equal(expected, Enumerable.Range(0, 300).Reverse().Select(Label).Distinct());
    }

    [Fact]
    public void A_label_without_room_is_dropped_and_marks_are_left_free_where_they_can_be()
    {
        var room = new LabelRoom(new Rect(0, 0, 100, 40));
        room.Mark(new Vector2(10, 10), 4);
        Assert.Equal(new Rect(0, 20, 50, 14), room.Take([new(0, 0, 50, 14), new(0, 20, 50, 14)]));
        Assert.Equal(new Rect(0, 0, 50, 14), room.Take([new(0, 0, 50, 14)]));
        Assert.Null(room.Take([new(40, 10, 50, 14), new(60, 30, 50, 14)]));
        room.MarkLine(new(60, 0), new(60, 40));
        Assert.Null(room.Take([new(55, 0, 40, 14)], most: 0));
        Assert.Equal(new Rect(65, 0, 30, 14), room.Take([new(55, 0, 40, 14), new(65, 0, 30, 14)], most: 0));
    }

    [Fact]
    public void Halves_leave_out_what_they_have_alike_before_they_cut_the_run_and_the_task()
    {
        ReplayTitle one = new("maml-nav", "MAML", "first", 100, "test task 3 of 40"), other = one with { Run = "second" };
        Assert.Equal("maml-nav · MAML · first, iteration 100 · test task 3 of 40", Header.About(one, other, 1000));
        Assert.Equal("first, iteration 100 · test task 3 of 40", Header.About(one, other, 100));
        Assert.Equal("MAML · first, iteration 100 · test task 3 of 40", Header.About(one, other with { Algorithm = "ProMP" }, 100));
        Assert.Equal("maml-nav · MAML · first, iteration 100 · test task 3 of 40", Header.About(one, null, 100));
    }

    [Fact]
    public void A_title_that_is_too_long_takes_the_room_of_the_name_before_it()
    {
        ReplayTitle title = new("maml-nav", "MAML", "first", 100, "test task 3 of 40");
        int[] letters = [.. new[] { 200, 400, 500, 900 }.Select(width =>
        {
            var canvas = new Canvas(width, 60);
            Header.Draw(new Brush(canvas, Theme.Dark), new Rect(0, 0, width, 52), title, "20 trajectories per batch");
            Assert.All(canvas.Glyphs.Span.ToArray(), glyph => Assert.True(glyph.X + glyph.Width < width + 4));
            return canvas.Glyphs.Count;
        })];
        Assert.Equal(letters.Order(), letters);
        Assert.Equal(4, letters.Distinct().Count());
    }

    [Theory]
    [InlineData(0), InlineData(0.37), InlineData(1)]
    public void The_progress_of_a_film_is_centred_between_its_disc_and_the_end(double share)
    {
        ViewerControls controls = Scenes.Overlaid();
        controls.KeyDown(Silk.NET.Input.Key.G);
        controls.Say("");
        var canvas = new Canvas(1280, 720);
        new Overlay(controls).Draw(canvas, share);
        (BoxInstance badge, BoxInstance disc) = (canvas.Boxes.Span[0], canvas.Boxes.Span[1]);
        GlyphInstance[] glyphs = [.. canvas.Glyphs.Span.ToArray().Where(glyph => MathF.Abs(glyph.Y - badge.CentreY) < badge.HalfHeight)];
        float left = glyphs.Min(glyph => glyph.X), right = glyphs.Max(glyph => glyph.X + glyph.Width);
        Assert.Equal(disc.CentreX + disc.HalfWidth + badge.CentreX + badge.HalfWidth, left + right, 4f);
        Assert.True(right < badge.CentreX + badge.HalfWidth - 6);
    }
}
