using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

/// <summary>The buttons, the map that is clicked, and how to start.</summary>
public class OverlayTests : ControlsTest
{
    private Rect Header => controls.LastLayout.Header;

    [Fact]
    public void Every_button_does_what_its_key_does()
    {
        Press(Key.Home);
        Click(Transport.Place(Header, Key.Right).Centre);
        Assert.Equal((1, false), (Screen.Playback.Position, Screen.Playback.IsPlaying));
        Click(Transport.Place(Header, Key.Left).Centre);
        Assert.Equal(0, Screen.Playback.Position);
        Click(Transport.Place(Header, Key.Space).Centre);
        Assert.True(Screen.Playback.IsPlaying);
        Click(Transport.Place(Header, Key.Equal).Centre);
        Assert.Equal(2, Screen.Playback.Speed);
        Click(Transport.Place(Header, Key.Minus).Centre);
        Assert.Equal(1, Screen.Playback.Speed);
        Screen.Playback.Seek(17);
        Click(Transport.Place(Header, Key.R).Centre);
        Assert.Equal((0, true), (Screen.Playback.Position, Screen.Playback.IsPlaying));
        Assert.Single(asked);
        Key[] keys = [Key.R, Key.Left, Key.Space, Key.Right, Key.Minus, Key.Equal];
        Rect[] places = [.. keys.Select(key => Transport.Place(Header, key))];
        Assert.All(places, place => Assert.Single(places, place.Overlaps));
    }

    [Fact]
    public void The_button_under_the_pointer_stands_out()
    {
        int version = controls.Version;
        controls.MouseMove(Transport.Place(Header, Key.Space).Centre);
        Assert.Equal(Key.Space, controls.Pointed);
        Assert.NotEqual(version, controls.Version);
        controls.MouseMove(new(400, 400));
        Assert.Null(controls.Pointed);
    }

    [Fact]
    public void A_click_on_a_cell_of_the_map_makes_its_task_the_one_to_adapt_to()
    {
        ReturnMap map = new MapTasks(family).Empty();
        Array.Fill(map.Adapted, -1);
        Array.Fill(map.Prior, -2);
        controls.Show(Fixtures.Point() with { Map = map });
        Draw();
        Rect panel = Screen.Layout.Map;
        (float x, float y) = (panel.X, panel.Y);
        // Any point of the panel whose cell is known.
        Vector2 at = default;
        for (; Screen.CellAt(at) != map.Index(4, 9); at = new(x, y))
            if ((x += 2) > panel.Right) (x, y) = (panel.X, y + 2);
        Click(at);
        Assert.Equal((4, 9), (map.X.Cell(asked[^1].Task[0]), map.Y.Cell(asked[^1].Task[1])));
        Assert.True(asked[^1].IsChosen);
    }

    [Fact]
    public void The_map_shows_the_prior_the_adapted_policy_or_the_gain_by_a_click_or_a_key()
    {
        Assert.Equal(MapContent.Adapted, Screen.MapContent);
        Click(MapSwitch.Place(Screen.Layout.Map, MapContent.Prior).Centre);
        Assert.Equal(MapContent.Prior, Screen.MapContent);
        string prior = Draw();
        Press(Key.M, Key.M);
        Assert.Equal(MapContent.Gain, Screen.MapContent);
        // The fixture's prior returns -20 everywhere, and its adapted policy from -10 to -2.
        Assert.Contains("−20.0", prior);
        Assert.Contains("18.0", Draw());
        Press(Key.M);
        Assert.Equal(MapContent.Prior, Screen.MapContent);
        // Another task is looked at in the same way.
        controls.Show(Fixtures.Point(new(0.02f, 0)));
        Assert.Equal(MapContent.Prior, Screen.MapContent);
    }

    [Fact]
    public void How_to_start_is_told_until_it_was_done_once()
    {
        Assert.Equal("Click anywhere in the world: the policy adapts to a goal there. F1 lists all keys.", controls.Hint);
        Press(Key.F1, Key.F1);
        Assert.DoesNotContain("F1", controls.Hint);
        Click(Screen.Camera.ToScreen(new(-0.2f, 0.1f)));
        Assert.Equal("", controls.Hint);
        controls.Show(Fixtures.Point());
        Assert.Equal("", controls.Hint);
    }

    [Fact]
    public void Where_a_point_means_no_task_the_map_and_the_sliders_are_how_to_start()
    {
        TaskFamily arms = VariedFamily.Of(TaskFamilies.ByName["arm-payloads"]);
        var first = new AdaptationRequest(arms.TestTasks.Row(0).ToArray(), 1, false, 3, 20, 1, 40);
        var other = new ViewerControls(arms, Theme.Dark, first, _ => { });
        other.Show(Fixtures.Load());
        Assert.StartsWith("Click a cell of the map", other.Hint);
        Assert.Equal("F1 lists all keys.", new ViewerControls(Fixtures.Point(), Theme.Dark).Hint);
    }

    private string Draw()
    {
        var canvas = new Canvas(Width, Height);
        Screen.DrawStill(canvas);
        return Letters.Text(canvas);
    }
}
