using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

public class KeyTests : ControlsTest
{
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
    public void Escape_closes_the_help_first_and_the_help_lists_every_key()
    {
        Press(Key.F1);
        Assert.True(controls.ShowsHelp);
        Press(Key.Escape);
        Assert.False(controls.ShowsHelp || controls.WantsToQuit);
        Press(Key.Escape);
        Assert.True(controls.WantsToQuit);
        string help = string.Join(' ', HelpOverlay.Lines.Select(line => line.Key));
        string[] keys =
        [
            "space", "←", "→", "-", "+", "Home", "End", "R", "N", "X", "T", "F", "S", "V", "P", "G", "Tab", "J", "K", "Backspace",
            "↑", "↓", "[", "]", ",", ".", "F1", "H", "Esc", "0", "9",
        ];
        Assert.All(keys, key => Assert.Contains(key, help));
        Assert.True(HelpOverlay.Lines.SelectMany(line => line.Key + line.Does).All(StrokeFont.Has));
    }

    [Fact]
    public void P_asks_for_all_tasks_and_a_click_on_a_goal_there_for_that_one()
    {
        Press(Key.Equal, Key.P);
        Assert.True(asked[^1].OfAllTasks);
        controls.Show(Fixtures.Population());
        Assert.Empty(controls.Screens);
        Assert.Equal(2, controls.AllTasks!.Playback.Speed);
        Click(controls.AllTasks.Camera.ToScreen(Fixtures.Population().Worlds[2].Goal!.Value));
        Assert.Equal((3, false), (asked[^1].Number, asked[^1].OfAllTasks));
        Assert.Equal(family.TestTasks.Row(2).ToArray(), asked[^1].Task);
    }
}
