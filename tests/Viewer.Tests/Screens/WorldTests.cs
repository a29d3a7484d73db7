using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer.Tests;

/// <summary>The world of a replay: what of it is in view, and the words in its corners.</summary>
public class WorldTests
{
    [Theory]
    [InlineData(20, "20")]
    [InlineData(100, "100")]
    [InlineData(2.5, "2.5")]
    [InlineData(0.25, "0.25")]
    [InlineData(0.002, "0.002")]
    public void The_scale_of_the_grid_is_the_width_of_its_cells(double spacing, string written)
    {
        var camera = new Camera(new Rect(0, 0, 400, 300), default, (float)(48.1 / spacing));
        Assert.Equal(spacing, WorldFurniture.GridSpacing(camera), 1e-6 * spacing);
        Assert.Equal(written, WorldLegend.GridScale(camera, Fixtures.Point().World).Split(' ')[0]);
    }

    [Theory]
    [InlineData(1.15f, 200), InlineData(1 / 1.15f, 1 / 50f)]
    public void Zoom_ends_where_nothing_is_to_be_seen_and_holds_the_point_it_is_at(float factor, float end)
    {
        var screen = (ReplayScreen)Scenes.Make("point-dark");
        float fitted = screen.Camera.Zoom;
        Vector2 held = new(0.2f, -0.1f), before = screen.Camera.ToScreen(held);
        for (int i = 0; i < 100; i++) screen.Zoom(held, factor);
        Assert.Equal(end, screen.Camera.Zoom / fitted, 1e-3f * end);
        Assert.Equal(0, Vector2.Distance(before, screen.Camera.ToScreen(held)), 0.2f);
    }

    [Fact]
    public void An_arm_ends_in_its_tip_s_disc_at_any_time()
    {
        var screen = (ReplayScreen)Scenes.Make("arm-light");
        screen.Playback.Seek(3 * Fixtures.Horizon + 12.4);
        var canvas = new Canvas(1280, 720);
        screen.DrawMoving(canvas);
        (Vector2 _, Vector2 tip) = new Trail(screen.Replay.World, screen.Replay.Steps[3].Shown).At(12.4);
        Vector2 at = screen.Camera.ToScreen(tip);
        bool IsAtTip(float x, float y) => Vector2.Distance(new(x, y), at) < 0.01f;
        Assert.Contains(canvas.Boxes.Span.ToArray(), box => box.HalfWidth == 8 && IsAtTip(box.CentreX, box.CentreY));
        // The link's end and the end of the trail.
        Assert.Contains(canvas.Points.Span.ToArray(), point => point.Width == 7 && Vector2.Distance(new(point.X, point.Y), at) < 0.01f);
        Assert.Contains(canvas.Points.Span.ToArray(), point => point.Width == 3 && Vector2.Distance(new(point.X, point.Y), at) < 0.01f);
    }

    [Fact]
    public void The_view_fits_the_task_and_of_the_ways_what_is_not_far_from_it()
    {
        // The task is the square of goals from -0.5 to 0.5 m; ways may add half its side, whether one robot goes 100 m away or all 3 m.
        Trajectory Straight(float x, float y) => new(2, [0, 0, x / 2, y / 2, x, y], [0, 0], false);
        Trajectory[] many = [.. Enumerable.Range(0, 40).Select(i => Straight(3 * MathF.Cos(i), 3 * MathF.Sin(i))), Straight(100, 100)];
        Replay replay = Fixtures.Point();
        replay = replay with { Steps = [.. replay.Steps.Select(step => step with { Trajectories = many, Shown = Straight(0, 0) })] };
        WorldExtent extent = WorldExtent.Of(replay);
        Assert.Equal((new Vector2(-1), new Vector2(1)), (extent.Low, extent.High));
        WorldExtent near = WorldExtent.Of(Fixtures.Point());
        Assert.Equal((new Vector2(-0.5f), new Vector2(0.5f)), (near.Low, near.High));
    }

    [Fact]
    public void Halves_show_the_same_part_of_the_world_and_only_the_right_one_makes_way()
    {
        (Replay one, Replay other) = (Fixtures.Point(), Fixtures.Moved());
        var playback = new Playback(one.Steps.Count, one.Horizon);
        var left = new ReplayScreen(one, Theme.Dark, 1280, 720, playback, new(0, other));
        var right = new ReplayScreen(other, Theme.Dark, 1280, 720, playback, new(1, one));
        AssertAlike();
        Rect before = left.Camera.Area;
        new SideBySide([left, right]).Covered = new(300, 260);
        AssertAlike();
        Assert.Equal(before, left.Camera.Area);
        Assert.NotEqual(before.Width, right.Camera.Area.Width);
        foreach (ReplayScreen screen in new[] { left, right }) screen.Zoom(new(0.1f, 0.2f), 1.7f);
        AssertAlike();
        // The goal would come to lie under what covers the right one, so both are fitted anew.
        foreach (ReplayScreen screen in new[] { left, right })
        {
            screen.Camera = screen.Camera with { Centre = Fixtures.Goal - new Vector2(200, 150) / screen.Camera.Zoom };
            screen.Covered = new(301, 261);
        }
        AssertAlike();
        Assert.False(right.CoveredArea.Contains(right.Camera.ToScreen(Fixtures.Goal)));

        void AssertAlike()
        {
            Assert.Equal(left.Camera.Zoom, right.Camera.Zoom, 1e-3f);
            Assert.Equal(0, Vector2.Distance(left.Camera.Centre, right.Camera.Centre), 1e-4f);
        }
    }

    [Fact]
    public void The_words_in_the_corners_stay_in_the_world_and_apart_whatever_its_size()
    {
        for (int steps = 0; steps <= 40; steps += steps < 10 ? 1 : 10)
        {
            for (int width = 280; width <= 1900; width += 20)
            {
                var canvas = new Canvas(width, 300);
                var camera = new Camera(new Rect(0, 0, width, 300), default, 300);
                World world = Fixtures.Point().World;
                WorldInfluence[] facts = [new("wind 0.020 m/s", new(1, 1)), new("payload 0.30 kg", default)];
                WorldLegend legend = WorldLegend.Of(camera, camera.Area, world, steps, null, "a remark", facts);
                legend.Draw(new Brush(canvas, Theme.Dark));
                IReadOnlyList<Rect> words = legend.Areas;
                for (int i = 0; i < words.Count; i++)
                {
                    Assert.True(camera.Area.Encloses(words[i]), $"{steps} steps, {width}: {words[i]}");
                    Assert.All(words.Take(i), other => Assert.False(words[i].Overlaps(other)));
                }
                // Every step has its colour, as a dash or as a cell of the ramp.
                IEnumerable<Colour> lines = canvas.Points.Span.ToArray().Select(point => point.Colour);
                IEnumerable<Colour> fills = canvas.Boxes.Span.ToArray().Select(box => box.Fill);
                HashSet<Colour> colours = [.. lines, .. fills];
                Assert.All(Enumerable.Range(0, steps + 1), step => Assert.Contains(Theme.Dark.Step(step, steps), colours));
            }
        }
    }

    [Theory]
    [InlineData(280, 2)]
    [InlineData(180, 3)]
    public void The_numbers_below_the_title_go_on_in_the_next_line_or_are_left_out(float width, int lines)
    {
        const int Line = 20;
        var title = new WorldTitle(100, "gradient step", [], "return so far −12.34", "distance 0.12 m");
        Rect wide = title.Area(new Rect(10, 10, 900, 300), 3), narrow = title.Area(new Rect(10, 10, width, 300), 3);
        Assert.Equal((lines - 1) * Line, narrow.Height - wide.Height);
        Assert.True(narrow.Right <= 10 + width);
        // No number has room, and a name is left.
        Assert.True(title.Area(new Rect(10, 10, 80, 300), 3).Height < 20);
    }

    [Fact]
    public void The_goal_s_label_keeps_clear_of_what_covers_the_world_and_of_other_words()
    {
        World world = Fixtures.Point().World;
        var camera = new Camera(new Rect(0, 0, 800, 600), Fixtures.Goal, 400);
        var label = new GoalLabel(world);
        Rect right = new(416, 0, 384, 600), below = new(0, 316, 800, 284);
        label.Place(camera, camera.Area, [right, below], [], []);
        Assert.False(label.Area.Overlaps(right) || label.Area.Overlaps(below));
        label.Place(camera, camera.Area, [], [], []);
        Assert.True(label.Area.Overlaps(right));
    }

    [Fact]
    public void The_wind_is_written_with_the_unit_of_its_column()
    {
        Replay replay = Fixtures.Point(new Vector2(0.03f, 0.04f)) with { TaskColumns = [new("wind_x", "m/s"), new("wind_y", "m/s")] };
        var screen = new ReplayScreen(replay, Theme.Dark, 1280, 720);
        var canvas = new Canvas(1280, 720);
        screen.DrawStill(canvas);
        screen.DrawMoving(canvas);
        Assert.Contains("wind0.050m/s", string.Concat(canvas.Glyphs.Span.ToArray().Select(glyph => (char)glyph.Letter)));
    }

    [Theory]
    [InlineData("a line that fits", 400, new[] { "a line that fits" })]
    [InlineData("two lines of words", 100, new[] { "two lines of", "words" })]
    [InlineData("one-word-that-is-too-long for it", 25, new[] { "one-word-that-is-too-long", "for", "it" })]
    public void A_text_breaks_between_words(string text, float room, string[] lines)
    {
        List<string> taken = [];
        for (ReadOnlySpan<char> rest = text; rest.Length > 0;) taken.Add(Brush.TakeLine(ref rest, room, 9).ToString());
        Assert.Equal(lines, taken);
    }

    [Fact]
    public void The_sliders_stay_within_their_world_and_on_their_own_rows_even_in_half_of_a_small_window()
    {
        var panel = new SliderPanel(VariedFamily.Of(TaskFamilies.ByName["maml-nav"])) { IsOpen = true };
        Rect small = ScreenLayout.Half(900, 520, 1).World, large = ScreenLayout.Of(1280, 720).World;
        foreach (Rect world in new[] { small, large })
        {
            IReadOnlyList<Rect> legend = WorldLegend.Of(new Camera(world, default, 100), world, Fixtures.Point().World, 3, null).Areas;
            Assert.True(world.Encloses(panel.Area(world)));
            Assert.All(legend, words => Assert.False(words.Overlaps(panel.Area(world))));
            for (int slider = 0; slider < panel.Sliders.Count; slider++)
            {
                Rect track = panel.Track(world, slider);
                Assert.True(panel.Press(track.Centre, world));
                AdaptationRequest moved = panel.Drag(new(track.Right, track.Y), world, Fixtures.Request(new double[9]));
                Assert.Equal(panel.Sliders[slider].High, panel.Sliders[slider].Read(moved), 1e-6);
            }
        }
        Assert.True(panel.Area(small).Height < panel.Area(large).Height);
    }

    [Fact]
    public void A_notice_stays_in_a_narrow_window()
    {
        ViewerControls controls = Scenes.Overlaid();
        controls.KeyDown(Silk.NET.Input.Key.G);
        controls.Resize(640, 700);
        controls.Say("The tasks of focal-wind have no goal in the world to place. Its sliders change them: wind x, wind y.");
        var canvas = new Canvas(640, 700);
        new Overlay(controls).Draw(canvas, null);
        foreach (BoxInstance box in canvas.Boxes.Span)
            Assert.True(box.CentreX - box.HalfWidth >= 12 && box.CentreX + box.HalfWidth <= 628);
        Assert.StartsWith(controls.Notice.Replace(" ", ""), Letters.Text(canvas));
    }

    [Fact]
    public void A_goal_that_the_robot_cannot_get_to_says_so()
    {
        // Links of 0.5 m and 0.4 m reach from 0.1 m to 0.9 m.
        World arm = Fixtures.Arm().World, point = Fixtures.Point().World with { Bound = 0.29f };
        Assert.True((arm with { Goal = new(0.7f, 0.6f) }).GoalIsOutOfReach);
        Assert.True((arm with { Goal = new(0.05f, 0) }).GoalIsOutOfReach);
        Assert.False((arm with { Goal = new(0.6f, 0.6f) }).GoalIsOutOfReach);
        Assert.True((point with { Goal = new(0, -0.3f) }).GoalIsOutOfReach);
        Assert.False((point with { Goal = new(0.28f, -0.28f) }).GoalIsOutOfReach);
        Assert.Contains("goal,outofreach", TextOf(Fixtures.Loaded(isOutOfReach: true)));
        Assert.DoesNotContain("outofreach", TextOf(Fixtures.Loaded(isOutOfReach: false)));
    }

    [Fact]
    public void What_an_arm_carries_what_pulls_at_it_and_the_disc_around_its_goal_are_named()
    {
        string text = TextOf(Fixtures.Loaded(isOutOfReach: false));
        Assert.All(new[] { "payload0.42kg", "gravity9.81m/s²", "rewardwithin0.1m" }, words => Assert.Contains(words, text));
    }

    [Theory]
    [InlineData("dmc-reacher-easy", 0.06f, "reward within")]
    [InlineData("pearl-point-sparse", 0.2f, "reward within")]
    [InlineData("maml-nav", 0.01f, "ends within")]
    [InlineData("norml-rotation-sparse", 0.1f, "ends within")]
    // Its radius is around the start.
    [InlineData("promp-corners-sparse", 0f, "")]
    [InlineData("arm-goals", 0f, "")]
    public void The_disc_around_a_goal_is_what_the_family_rewards_or_ends_by(string name, float radius, string meaning)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        World world = World.Of(family, family.TestTasks.Row(0));
        Assert.Equal(radius, world.GoalRadius, 1e-6f);
        Assert.Equal(meaning, world.GoalMeaning);
    }

    [Fact]
    public void A_robot_that_is_neither_point_nor_arm_has_its_own_names_and_units_and_no_streak_where_its_angle_begins_anew()
    {
        Replay replay = Fixtures.Plane();
        string text = TextOf(replay);
        Assert.Contains("grid:→angle1rad,↑velocity", text);
        Assert.Contains("angle", text);
        Assert.DoesNotContain("mgrid", text);
        Assert.DoesNotContain("distance", text);
        var trail = new Trail(replay.World, replay.Steps[1].Shown);
        Assert.Contains(true, trail.Jumps);
        // Bounds of 2π rad and 16 rad/s are a square.
        WorldExtent extent = WorldExtent.Of(replay);
        Assert.Equal(0, Vector2.Distance(new(-1), extent.Low) + Vector2.Distance(new(1), extent.High), 1e-5f);
        var screen = new ReplayScreen(replay, Theme.Dark, 1280, 720);
        var canvas = new Canvas(1280, 720);
        trail.Draw(canvas, screen.Camera, trail.Steps, 1, Theme.Dark.Text);
        TrailPart.Draw(canvas, screen.Camera, trail.Points, trail.Jumps, 0, trail.Steps, 1, Theme.Dark.Text);
        LinePoint[] points = canvas.Points.Span.ToArray();
        IEnumerable<int> drawn = Enumerable.Range(1, points.Length - 1).Where(i => points[i].Width == 1 && points[i - 1].Width != -1);
        Assert.All(drawn, i => Assert.True(Math.Abs(points[i].X - points[i - 1].X) < 100));
    }

    private static string TextOf(Replay replay)
    {
        var screen = new ReplayScreen(replay, Theme.Dark, 1280, 720);
        var canvas = new Canvas(1280, 720);
        screen.DrawStill(canvas);
        screen.DrawMoving(canvas);
        return Letters.Text(canvas);
    }
}
