using System.Numerics;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

public class MouseTests : ControlsTest
{
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
}
