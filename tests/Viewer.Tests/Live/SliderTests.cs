using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

public class SliderTests
{
    private readonly List<AdaptationRequest> asked = [];

    [Fact]
    public void A_slider_is_dragged_to_its_ends_and_no_further()
    {
        (ViewerControls controls, SliderPanel panel) = Open("maml-nav");
        int wind = Index(panel, "wind x");
        Rect track = panel.Track(controls.SliderWorld, wind);
        controls.MouseMove(new Vector2(track.X, track.Centre.Y));
        controls.MouseDown(MouseButton.Left);
        Assert.Equal(-0.05, asked[^1].Task[2], 1e-6);
        controls.MouseMove(new Vector2(track.Centre.X, track.Centre.Y));
        Assert.Equal(0, asked[^1].Task[2], 1e-6);
        controls.MouseMove(new Vector2(track.Right + 500, 700));
        controls.MouseUp(MouseButton.Left);
        Assert.Equal(0.05, asked[^1].Task[2], 1e-6);
        // Nothing moves any more, and the world under the panel was not meant.
        int before = asked.Count;
        controls.MouseMove(track.Centre);
        Assert.Equal(before, asked.Count);
        Assert.Equal((0.3, 0.25), (asked[^1].Task[0], asked[^1].Task[1]));
    }

    [Fact]
    public void Units_are_printed_with_their_exponents_raised()
    {
        Assert.Equal(" m/s²", Slider.Of([new Coordinate("gravity", "m/s^2", 0, 20)])[^1].Unit);
        var canvas = new Canvas(300, 100);
        new AxisLabel("gravity", "m/s^2", 0, 20).DrawBelow(new Brush(canvas, Theme.Dark), new Rect(20, 20, 260, 40));
        Assert.Contains("(m/s²)", string.Concat(canvas.Glyphs.Span.ToArray().Select(glyph => (char)glyph.Letter)));
    }

    [Fact]
    public void Keys_move_the_chosen_slider_and_take_it_back()
    {
        (ViewerControls controls, SliderPanel panel) = Open("maml-nav");
        for (int i = 0; i < Index(panel, "gain"); i++) controls.KeyDown(Key.Tab);
        controls.KeyDown(Key.K);
        Assert.Equal(1 + 1.75 / 20, asked[^1].Task[4], 1e-9);
        for (int i = 0; i < 50; i++) controls.KeyDown(Key.K);
        Assert.Equal(2, asked[^1].Task[4], 1e-9);
        controls.KeyDown(Key.J);
        Assert.InRange(asked[^1].Task[4], 1.9, 1.95);
        controls.KeyDown(Key.Backspace);
        Assert.Equal(1, asked[^1].Task[4]);
        controls.KeyDown(Key.G);
        Assert.False(panel.IsOpen);
    }

    [Theory]
    [InlineData(Key.Tab), InlineData(Key.J), InlineData(Key.K), InlineData(Key.Backspace)]
    public void A_key_of_the_closed_sliders_opens_them_and_changes_nothing(Key key)
    {
        (ViewerControls controls, SliderPanel panel) = Open("maml-nav");
        controls.KeyDown(Key.K);
        controls.KeyDown(Key.G);
        int before = asked.Count;
        controls.KeyDown(key);
        Assert.True(panel.IsOpen);
        Assert.Equal(before, asked.Count);
        // The slider that was chosen before is moved now.
        controls.KeyDown(Key.K);
        Assert.Equal(30, asked[^1].Trajectories);
    }

    [Fact]
    public void With_all_tasks_there_is_no_slider_for_what_each_has_of_its_own()
    {
        (ViewerControls controls, SliderPanel panel) = Open("maml-nav");
        string[] ofOne = [.. panel.Sliders.Select(slider => slider.Name)];
        for (int i = 0; i < Index(panel, "goal x"); i++) controls.KeyDown(Key.Tab);
        float tall = panel.Area(controls.SliderWorld).Height;
        controls.Show(Fixtures.Population());
        Assert.Equal(ofOne.Except(["goal x", "goal y"]), panel.Sliders.Select(slider => slider.Name));
        Assert.True(panel.Area(controls.SliderWorld).Height < tall);
        controls.KeyDown(Key.K);
        Assert.Equal((25, 0.3), (asked[^1].Trajectories, asked[^1].Task[0]));
        // Of one task again, the one that was chosen there is still.
        controls.Show(Fixtures.Point());
        Assert.Equal(ofOne, panel.Sliders.Select(slider => slider.Name));
        controls.KeyDown(Key.K);
        Assert.Equal(0.35, asked[^1].Task[0], 1e-9);
    }

    [Fact]
    public void Sliders_set_how_adapting_goes()
    {
        (ViewerControls controls, SliderPanel panel) = Open("arm-goals");
        (string, Func<AdaptationRequest, double>, double, double)[] sliders =
        [
            ("trajectories", request => request.Trajectories, 5, 200),
            ("adaptation steps", request => request.Steps, 0, 9),
            ("step size α ×", request => request.StepScale, 0.125, 8),
        ];
        foreach ((string name, Func<AdaptationRequest, double> read, double low, double high) in sliders)
        {
            Rect track = panel.Track(controls.SliderWorld, Index(panel, name));
            foreach ((float x, double expected) in new[] { (track.X, low), (track.Right, high) })
            {
                controls.MouseMove(new(x, track.Centre.Y));
                controls.MouseDown(MouseButton.Left);
                controls.MouseUp(MouseButton.Left);
                Assert.Equal(expected, read(asked[^1]), 1e-3);
            }
        }
    }

    [Theory]
    [InlineData(1280, 720, false), InlineData(900, 520, false), InlineData(800, 600, false), InlineData(640, 480, false)]
    [InlineData(1280, 720, true), InlineData(900, 520, true), InlineData(800, 600, true)]
    public void The_goal_stays_in_sight_of_a_click_beside_the_open_sliders(float width, float height, bool isZoomed)
    {
        (ViewerControls controls, SliderPanel panel) = Open("maml-nav");
        controls.KeyDown(Key.G);
        controls.Resize(width, height);
        Camera before = controls.Screens[0].Camera;
        if (isZoomed)
        {
            controls.MouseMove(before.ToScreen(Fixtures.Goal) + new Vector2(-30, 60));
            controls.Scroll(1);
        }
        controls.KeyDown(Key.G);
        ReplayScreen screen = controls.Screens[0];
        Assert.False(panel.Area(controls.SliderWorld).Contains(screen.Camera.ToScreen(Fixtures.Goal)));
        controls.MouseMove(screen.Camera.ToScreen(Fixtures.Goal));
        controls.MouseDown(MouseButton.Left);
        controls.MouseMove(screen.Camera.ToScreen(new(0.1f, 0.1f)));
        controls.MouseUp(MouseButton.Left);
        Assert.Equal(0.1, asked[^1].Task[0], 1e-4);
        controls.Show(Fixtures.Point());
        Assert.Equal(screen.Camera, controls.Screens[0].Camera);
        controls.KeyDown(Key.G);
        if (!isZoomed) Assert.Equal(before, controls.Screens[0].Camera);
    }

    [Fact]
    public void Every_family_has_sliders_that_the_font_can_print_and_that_hold_its_own_values()
    {
        foreach (TaskFamily named in TaskFamilies.ByName.Values)
        {
            TaskFamily family = VariedFamily.Of(named);
            AdaptationRequest first = new(family.TestTasks.Row(0).ToArray(), 1, false, 3, 20, 1, 1);
            foreach (Slider slider in Slider.Of(family.Spec.Task))
            {
                Assert.True((slider.Name + slider.Unit).All(StrokeFont.Has), slider.Name + slider.Unit);
                Assert.True(slider.Low < slider.High || named.Name == "acrobot", $"{named.Name} {slider.Name}");
                Assert.InRange(slider.Read(first), slider.Low - 1e-9, slider.High + 1e-9);
            }
        }
    }

    private (ViewerControls Controls, SliderPanel Panel) Open(string name)
    {
        TaskFamily family = VariedFamily.Of(TaskFamilies.ByName[name]);
        double[] task = family.TestTasks.Row(0).ToArray();
        (task[0], task[1]) = (0.3, 0.25);
        var controls = new ViewerControls(family, Theme.Dark, new AdaptationRequest(task, 1, false, 3, 20, 1, 40), asked.Add);
        controls.Resize(1280, 720);
        controls.Show(Fixtures.Point());
        controls.KeyDown(Key.G);
        return (controls, controls.Sliders!);
    }

    private static int Index(SliderPanel panel, string name) => panel.Sliders.ToList().FindIndex(slider => slider.Name == name);
}
