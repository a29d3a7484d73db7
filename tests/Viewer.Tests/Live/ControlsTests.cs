using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

public class ControlsTests : ControlsTest
{
    [Fact]
    public void The_version_grows_with_whatever_changes_the_picture_and_rests_while_nothing_does()
    {
        var overlay = new Overlay(controls);
        Vector2 ground = new(Screen.Layout.World.X + 60, Screen.Layout.World.Bottom - 80);
        List<Action> acts =
        [
            .. Enum.GetValues<Key>().Where(key => key != Key.Escape).Distinct().Select(key => (Action)(() => Press(key))),
            () => controls.Advance(0.1), () => controls.Advance(60), () => controls.Say("a line"), () => controls.Resize(900, 600),
            () => controls.MouseMove(ground), () => controls.Scroll(1), () => controls.MouseDown(MouseButton.Left),
            () => controls.MouseMove(ground + new Vector2(30, 9)), () => controls.MouseUp(MouseButton.Left),
            () => controls.Show(Fixtures.Point(new(0.02f, 0))), () => controls.Show(Fixtures.Population()),
        ];
        int changes = 0;
        foreach (Action act in acts)
        {
            (int version, string picture) = (controls.Version, Picture());
            act();
            if (Picture() == picture) continue;
            changes++;
            Assert.True(controls.Version > version);
        }
        Assert.True(changes > 25);
        controls.Scene!.Playback.IsPlaying = false;
        int rests = controls.Version;
        controls.Advance(1);
        controls.MouseMove(ground);
        Assert.Equal(rests, controls.Version);

        string Picture()
        {
            var canvas = new Canvas(Width, Height);
            controls.Scene!.DrawStill(canvas);
            controls.Scene.DrawMoving(canvas);
            overlay.Draw(canvas, null);
            string boxes = string.Join(' ', canvas.Boxes.Span.ToArray()), points = string.Join(' ', canvas.Points.Span.ToArray());
            return boxes + points + string.Join(' ', canvas.Glyphs.Span.ToArray());
        }
    }

    [Fact]
    public void A_map_is_kept_while_only_what_it_spans_changes()
    {
        AdaptationRequest request = controls.Request;
        ReturnMap map = Fixtures.Point().Map;
        Assert.True(request.SharesMap(request with { Task = [0, 0], Seed = 3, Trajectories = 7 }, map));
        Assert.False(request.SharesMap(request with { Steps = 1 }, map));
        Assert.False(request.SharesMap(request with { StepScale = 2 }, map));
    }

    [Fact]
    public void A_recording_is_played_and_looked_at_but_asks_for_nothing()
    {
        var recorded = new ViewerControls(Fixtures.Point(), Theme.Dark);
        recorded.Resize(Width, Height);
        ReplayScreen screen = recorded.Screens[0];
        Camera camera = screen.Camera;
        AdaptationRequest request = recorded.Request;
        foreach (Key key in new[] { Key.N, Key.X, Key.P, Key.G, Key.Tab, Key.K, Key.Up, Key.RightBracket, Key.Period })
            recorded.KeyDown(key);
        recorded.MouseMove(screen.Camera.ToScreen(Fixtures.Goal));
        recorded.MouseDown(MouseButton.Left);
        recorded.MouseUp(MouseButton.Left);
        Assert.Equal((request, camera), (recorded.Request, screen.Camera));
        recorded.KeyDown(Key.Right);
        Assert.Equal(1, screen.Playback.Position);
        recorded.MouseDown(MouseButton.Left);
        recorded.MouseMove(screen.Camera.ToScreen(Fixtures.Goal) + new Vector2(30, 0));
        Assert.NotEqual(camera, screen.Camera);
    }

    [Fact]
    public void More_that_is_known_of_a_shown_adaptation_does_not_start_it_again()
    {
        Replay replay = Fixtures.Point();
        controls.Show(replay);
        Screen.Playback.Seek(17);
        controls.Show(replay with { Reference = new(-0.1, ReturnKind.BestKnown) });
        Assert.Equal((17, -0.1), (Screen.Playback.Position, Screen.Replay.Reference.Value));
        controls.Show(Fixtures.Point());
        Assert.Equal(0, Screen.Playback.Position);
    }

    [Fact]
    public void Two_checkpoints_share_the_moment_the_view_and_what_is_asked_for()
    {
        var both = new ViewerControls(family, Theme.Dark, Fixtures.Request(0.3, 0.25), asked.Add, checkpoints: 2);
        both.Resize(Width, Height);
        both.Show(Fixtures.Point(), Fixtures.Point(new(0.02f, 0)));
        (ReplayScreen left, ReplayScreen right) = (both.Screens[0], both.Screens[1]);
        both.KeyDown(Key.Right);
        Assert.Equal((1, 1), (left.Playback.Position, right.Playback.Position));
        // A click in the world of either means the same goal.
        foreach (ReplayScreen side in both.Screens)
        {
            both.MouseMove(side.Camera.ToScreen(new(0.1f + 0.1f * asked.Count, -0.2f)));
            both.MouseDown(MouseButton.Left);
            both.MouseUp(MouseButton.Left);
            Assert.Equal(0.1f * asked.Count, (float)asked[^1].Task[0], 1e-4f);
        }
        both.KeyDown(Key.Minus);
        both.Show(Fixtures.Point(), Fixtures.Point(new(0.02f, 0)));
        Assert.Equal((0.5, 0.5), (both.Screens[0].Playback.Speed, both.Screens[1].Playback.Speed));
        (left, right) = (both.Screens[0], both.Screens[1]);
        both.Scroll(2);
        Assert.Equal(0, Vector2.Distance(left.Camera.Centre, right.Camera.Centre), 1e-5f);
        both.KeyDown(Key.P);
        Assert.False(asked[^1].OfAllTasks);
        Assert.NotEmpty(both.Notice);
        Assert.True(both.Notice.All(StrokeFont.Has));
    }
}
