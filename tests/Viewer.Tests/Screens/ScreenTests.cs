using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.Tests.Support;
using Silk.NET.Input;
using Scalar = MamlRobotics.Envs.Scalar;

namespace MamlRobotics.Viewer.Tests;

public class ScreenTests
{
    private const int Width = 1280, Height = 720;

    public static TheoryData<string> Names => [.. Scenes.Names];

    [Theory, MemberData(nameof(Names))]
    public void The_font_has_every_character_that_a_scene_prints(string scene)
    {
        var canvas = new Canvas(Width, Height);
        IScene screen = Scenes.Make(scene);
        for (int episode = 0; episode <= Fixtures.InnerSteps; episode++)
        {
            screen.Playback.Seek(episode * screen.Playback.Horizon + 7);
            screen.DrawStill(canvas);
            screen.DrawMoving(canvas);
        }
        Assert.Equal(0, canvas.MissingCharacters);
    }

    // Heights from a small window's to a portrait one's.
    public static TheoryData<int, int> Windows => new()
    {
        { 320, 240 }, { 400, 300 }, { 640, 360 }, { 640, 900 }, { 900, 520 }, { 1280, 720 }, { 1920, 1080 },
    };

    [Theory, MemberData(nameof(Windows))]
    public void Nothing_is_written_beyond_the_edge_of_any_window_whatever_is_shown(int width, int height)
    {
        const string Long = "a family's or a run's name that is far too long to be shown in whole";
        foreach (int steps in new[] { 0, 1, 9 })
        {
            Replay one = Fixtures.With(Fixtures.Point(new(0.02f, 0)), steps, Long);
            Replay other = Fixtures.With(Fixtures.Moved(), steps, Long), arm = Fixtures.With(Fixtures.Arm(), steps, "short");
            Playback playback = Playback.Of(one, other);
            var left = new ReplayScreen(one, Theme.Dark, width, height, playback, new(0, other));
            var right = new ReplayScreen(other, Theme.Dark, width, height, playback, new(1, one));
            foreach (IScene scene in new IScene[]
            {
                new ReplayScreen(one, Theme.Dark, width, height), new ReplayScreen(arm, Theme.Dark, width, height),
                new SideBySide([left, right]),
            })
            {
                foreach (double time in new[] { 0, scene.Playback.Length })
                {
                    scene.Playback.Seek(time);
                    var canvas = new Canvas(width, height);
                    scene.DrawStill(canvas);
                    scene.DrawMoving(canvas);
                    foreach (GlyphInstance glyph in canvas.Glyphs.Span)
                        Assert.True(IsInside(glyph, width, height), $"{steps} steps: {(char)glyph.Letter} at {glyph.X}");
                }
            }
        }
    }

    private static bool IsInside(GlyphInstance glyph, int width, int height)
    {
        // A glyph's box is a little larger than its strokes.
        const float Box = 3;
        return glyph.X > -Box && glyph.X + glyph.Width < width + Box && glyph.Y > -Box && glyph.Y + glyph.Height < height + Box;
    }

    [FactWithOpenGl]
    public void The_goal_and_the_trail_are_drawn_where_the_camera_puts_them()
    {
        var screen = (ReplayScreen)Scenes.Make("point-dark");
        Bitmap bitmap = Scenes.Draw("point-dark");
        Vector2 goal = screen.Camera.ToScreen(Fixtures.Goal);
        // The robot has arrived at the goal, and hides all but its ring.
        Pixels.AssertNear(screen.Theme.Goal, bitmap[(int)(goal.X + 12), (int)goal.Y], 180);
        Colour last = screen.Theme.Step(Fixtures.InnerSteps, Fixtures.InnerSteps);
        foreach (int t in new[] { 3, 6, 9 })
        {
            Vector2 at = screen.Camera.ToScreen(screen.Replay.World.Tip(screen.Replay.Steps[^1].Shown.State(t)));
            Pixels.AssertNear(last, bitmap[(int)at.X, (int)at.Y], 180);
        }
    }

    [FactWithOpenGl]
    public void Every_scene_looks_as_it_did()
    {
        foreach (string scene in Scenes.Names) Golden.Check(scene, Scenes.Draw(scene));
    }

    [FactWithOpenGl]
    public void What_lies_over_a_scene_looks_as_it_did()
    {
        using HeadlessContext context = HeadlessContext.Create();
        using var renderer = new Renderer(context.Gl);
        // Two pixels to a point, as on a screen of many small ones.
        using var stage = new Stage(context.Gl, renderer, 2 * Width, 2 * Height, 2);
        ViewerControls controls = Scenes.Overlaid();
        foreach (string name in new[] { "sliders-dark", "help-dark" })
        {
            if (name == "help-dark") controls.KeyDown(Key.H);
            stage.Draw(controls.Scene!);
            new Overlay(controls).Draw(stage.Empty(), 0.37);
            stage.DrawOver();
            var bitmap = new Bitmap(2 * Width, 2 * Height);
            stage.Frame.Read(bitmap);
            Golden.Check(name, bitmap);
        }
    }

    [Fact]
    public void A_golden_picture_tells_when_a_small_thing_vanishes_and_not_when_edges_are_rounded_otherwise()
    {
        (Bitmap golden, Bitmap now) = (new(Width, Height), new(Width, Height));
        Assert.Equal(0, Tiles.MostDifferent(golden.Pixels, now.Pixels, Width).Share);
        // A robot's disc goes; then one pixel in twelve is another.
        for (int i = 0; i < 12 * 12; i++) now.Pixels[3 * ((500 + i / 12) * Width + 40 + i % 12)] = 200;
        Assert.True(Tiles.MostDifferent(golden.Pixels, now.Pixels, Width).Share > Tiles.Tolerated);
        now = new Bitmap(Width, Height);
        for (int i = 0; i < now.Pixels.Length; i += 3 * 12) now.Pixels[i] = 200;
        Assert.True(Tiles.MostDifferent(golden.Pixels, now.Pixels, Width).Share <= Tiles.Tolerated);
    }

    [Fact]
    public void An_arm_is_drawn_where_its_dynamics_put_the_tip()
    {
        foreach (TaskFamily family in TaskFamilies.ByName.Values.Where(family => family.Environment is TwoLinkArm))
        {
            double[] row = family.Tasks.Sample(RandomStream.FromSeed(3), 1).Row(0).ToArray();
            World world = World.Of(family, row);
            Scalar[] task = [.. row.Select(value => new Scalar(value))], state = [new(0.7), new(-1.1), new(0), new(0)];
            (Scalar x, Scalar y) = ((TwoLinkArm)family.Environment).Tip<Scalar>(task, state);
            Vector2 tip = world.Tip([0.7f, -1.1f, 0, 0]);
            Assert.Equal(x.Value, tip.X, 1e-5);
            Assert.Equal(y.Value, tip.Y, 1e-5);
        }
    }
}
