using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

public class ControlsTests
{
    private const float Width = 1280, Height = 720;

    private readonly List<AdaptationRequest> asked = [];
    private readonly TaskFamily family = TaskFamily.ByName["maml-nav"];
    private readonly ViewerControls controls;

    public ControlsTests()
    {
        controls = new ViewerControls(family, Theme.Dark, new AdaptationRequest([0.3, 0.25], 1, false, 3, 20, 1, 40), asked.Add);
        controls.Resize(Width, Height);
        controls.Show(Fixtures.Point());
    }

    private ReplayScreen Screen => controls.Screens[0];

    [Fact]
    public void A_click_in_the_world_asks_for_adaptation_to_the_goal_under_the_pointer()
    {
        var goal = new Vector2(-0.2f, 0.31f);
        Click(Screen.Camera.ToScreen(goal));
        AdaptationRequest request = asked[^1];
        Assert.Equal(2, asked.Count);
        Assert.Equal(goal.X, (float)request.Task[0], 1e-4f);
        Assert.Equal(goal.Y, (float)request.Task[1], 1e-4f);
        Assert.True(request.IsChosen);
    }

    [Fact]
    public void Dragging_the_goal_asks_on_the_way_and_dragging_the_ground_pans()
    {
        Vector2 goal = Screen.Camera.ToScreen(Fixtures.Goal);
        Camera camera = Screen.Camera;
        Drag(goal + new Vector2(3, 2), goal + new Vector2(-50, 40), parts: 4);
        Assert.Equal(5, asked.Count);
        Assert.Equal(camera, Screen.Camera);
        Drag(goal + new Vector2(-200, 90), goal + new Vector2(-150, 90), parts: 4);
        Assert.Equal(5, asked.Count);
        Assert.Equal(50, Screen.Camera.ToScreen(Fixtures.Goal).X - goal.X, 0.01f);
    }

    [Fact]
    public void Scrubbing_the_timeline_pauses_at_that_moment()
    {
        Rect strip = Timeline.Strip(Screen.Layout.Timeline, Fixtures.InnerSteps + 1, 2);
        Click(new Vector2(strip.X + strip.Width / 2, strip.Centre.Y));
        Assert.False(Screen.Playback.IsPlaying);
        Assert.Equal((2, Fixtures.Horizon / 2.0), (Screen.Playback.Episode, Math.Round(Screen.Playback.Time, 3)));
        Assert.Single(asked);
    }

    [Fact]
    public void Keys_play_pause_step_and_change_speed()
    {
        Press(Key.Space);
        Assert.False(Screen.Playback.IsPlaying);
        Press(Key.Right, Key.Right, Key.Left);
        Assert.Equal(1, Screen.Playback.Position);
        Press(Key.Equal);
        Assert.Equal(2, Screen.Playback.Speed);
        Press(Key.Minus, Key.Minus);
        Assert.Equal(0.5, Screen.Playback.Speed);
        Press(Key.End);
        Assert.Equal(Screen.Playback.Length, Screen.Playback.Position);
        Press(Key.R);
        Assert.Equal((0.0, true), (Screen.Playback.Position, Screen.Playback.IsPlaying));
    }

    [Fact]
    public void Keys_ask_for_the_next_task_other_episodes_and_other_settings()
    {
        Press(Key.N);
        Assert.Equal((2, false), (asked[^1].Number, asked[^1].IsChosen));
        Assert.Equal(family.TestTasks.Row(1).ToArray(), asked[^1].Task);
        Press(Key.X);
        Assert.Equal(41, asked[^1].Seed);
        Press(Key.Up);
        Assert.Equal(25, asked[^1].Trajectories);
        Press(Key.RightBracket);
        Assert.Equal(4, asked[^1].Steps);
        Press(Key.Period);
        Assert.Equal(1.25, asked[^1].StepScale);
        for (int i = 0; i < 30; i++) Press(Key.LeftBracket, Key.Down, Key.Comma);
        Assert.Equal((0, 5, 0.125), (asked[^1].Steps, asked[^1].Trajectories, asked[^1].StepScale));
    }

    [Fact]
    public void Keys_hide_steps_and_change_the_theme_and_a_new_adaptation_keeps_that()
    {
        Press(Key.Number2, Key.T);
        controls.Scroll(1);
        controls.Show(Fixtures.Point());
        Assert.Equal([true, true, false, true], Screen.Visible);
        Assert.Equal(Theme.Light, Screen.Theme);
        Press(Key.Number0, Key.Number2, Key.Number9);
        Assert.Equal([false, true, true, true], Screen.Visible);
    }

    [Fact]
    public void F_fits_the_world_again()
    {
        Camera fitted = Screen.Camera;
        controls.MouseMove(Screen.Camera.ToScreen(Fixtures.Goal));
        controls.Scroll(3);
        Assert.NotEqual(fitted, Screen.Camera);
        Press(Key.F);
        Assert.Equal(fitted, Screen.Camera);
    }

    [Fact]
    public void Under_the_open_help_nothing_is_meant_and_a_click_closes_it()
    {
        Vector2 goal = Screen.Camera.ToScreen(Fixtures.Goal);
        Camera camera = Screen.Camera;
        controls.MouseMove(goal);
        controls.MouseDown(MouseButton.Left);
        Press(Key.F1);
        controls.MouseMove(goal + new Vector2(40, 40));
        controls.Scroll(2);
        controls.MouseUp(MouseButton.Left);
        Assert.True(controls.ShowsHelp);
        Drag(goal + new Vector2(-200, 90), goal, parts: 3);
        Assert.False(controls.ShowsHelp);
        Assert.Equal((1, camera), (asked.Count, Screen.Camera));
        Click(goal + new Vector2(60, 0));
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public void A_gesture_ends_with_the_button_that_it_began_with()
    {
        Vector2 goal = Screen.Camera.ToScreen(Fixtures.Goal);
        controls.MouseMove(goal);
        controls.MouseDown(MouseButton.Left);
        controls.MouseMove(goal + new Vector2(10, 0));
        controls.MouseDown(MouseButton.Right);
        controls.MouseUp(MouseButton.Right);
        controls.MouseMove(goal + new Vector2(20, 0));
        Assert.Equal(3, asked.Count);
        controls.MouseUp(MouseButton.Left);
        controls.MouseMove(goal + new Vector2(30, 0));
        Assert.Equal(3, asked.Count);
    }

    [Fact]
    public void The_version_grows_with_whatever_changes_the_picture_and_rests_while_nothing_does()
    {
        var overlay = new Overlay(controls);
        Vector2 ground = new(Screen.Layout.World.X + 60, Screen.Layout.World.Bottom - 80);
        List<Action> acts =
        [
            .. Enum.GetValues<Key>().Where(key => key != Key.Escape).Distinct().Select(key => (Action)(() => Press(key))),
            () => controls.Advance(0.1), () => controls.Advance(60), () => controls.Say("a line"), () => controls.Resize(900, 600), () => controls.MouseMove(ground),
            () => controls.Scroll(1), () => controls.MouseDown(MouseButton.Left), () => controls.MouseMove(ground + new Vector2(30, 9)), () => controls.MouseUp(MouseButton.Left),
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
            return string.Join(' ', canvas.Boxes.Span.ToArray()) + string.Join(' ', canvas.Points.Span.ToArray()) + string.Join(' ', canvas.Glyphs.Span.ToArray());
        }
    }

    [Fact]
    public void Escape_closes_the_help_first_and_the_help_lists_every_key()
    {
        Press(Key.F1);
        Assert.True(controls.ShowsHelp);
        Press(Key.Escape);
        Assert.False(controls.ShowsHelp || controls.WantsToQuit);
        Press(Key.Escape);
        Assert.True(controls.WantsToQuit);
        string help = string.Join(' ', HelpOverlay.Lines.Select(line => line.Key));
        foreach (string key in new[] { "space", "←", "→", "-", "+", "Home", "End", "R", "N", "X", "T", "F", "S", "V", "P", "G", "Tab", "J", "K", "Backspace", "↑", "↓", "[", "]", ",", ".", "F1", "H", "Esc", "0", "9" }) Assert.Contains(key, help);
        Assert.True(HelpOverlay.Lines.SelectMany(line => line.Key + line.Does).All(StrokeFont.Has));
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
        foreach (Key key in new[] { Key.N, Key.X, Key.P, Key.G, Key.Tab, Key.K, Key.Up, Key.RightBracket, Key.Period }) recorded.KeyDown(key);
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
    public void P_asks_for_all_tasks_and_a_click_on_a_goal_there_for_that_one()
    {
        Press(Key.Equal, Key.P);
        Assert.True(asked[^1].OfAllTasks);
        controls.Show(Fixtures.Population());
        Assert.Empty(controls.Screens);
        Assert.Equal(2, controls.Everyone!.Playback.Speed);
        Click(controls.Everyone.Camera.ToScreen(Fixtures.Population().Worlds[2].Goal!.Value));
        Assert.Equal((3, false), (asked[^1].Number, asked[^1].OfAllTasks));
        Assert.Equal(family.TestTasks.Row(2).ToArray(), asked[^1].Task);
    }

    [Fact]
    public void Two_checkpoints_share_the_moment_the_view_and_what_is_asked_for()
    {
        var both = new ViewerControls(family, Theme.Dark, new AdaptationRequest([0.3, 0.25], 1, false, 3, 20, 1, 40), asked.Add, checkpoints: 2);
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

    private void Press(params Key[] keys)
    {
        foreach (Key key in keys) controls.KeyDown(key);
    }

    private void Click(Vector2 at)
    {
        controls.MouseMove(at);
        controls.MouseDown(MouseButton.Left);
        controls.MouseUp(MouseButton.Left);
    }

    private void Drag(Vector2 from, Vector2 to, int parts)
    {
        controls.MouseMove(from);
        controls.MouseDown(MouseButton.Left);
        for (int part = 1; part <= parts; part++) controls.MouseMove(Vector2.Lerp(from, to, (float)part / parts));
        controls.MouseUp(MouseButton.Left);
    }
}
