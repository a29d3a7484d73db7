using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

public class ClickTests
{
    [Fact]
    public void Where_tasks_are_directions_a_click_means_the_one_from_the_start()
    {
        double[] turned = ClickedTask.At(Columns("norml-rotation"), [0.5, 0, 0, 1], new(1, 1), new(0, 2))!;
        Assert.Equal(3 * Math.PI / 4, turned[0], 1e-6);
        double[] both = ClickedTask.At(Columns("dmc-point-mass"), [0.2, 1.2, 0, 0, 1, 0, 1, 1], new(0, 0), new(0, 3))!;
        Assert.Equal(Math.PI / 2, both[0], 1e-6);
        Assert.Equal(1.0, both[1] - both[0], 1e-6);
    }

    [Theory]
    [InlineData("focal-wind", "wind x, wind y.")]
    [InlineData("arm-payloads", "payload.")]
    [InlineData("arm-gravity", "gravity.")]
    public void Where_a_point_means_no_task_a_click_says_which_sliders_do(string name, string named)
    {
        TaskFamily family = VariedFamily.Of(TaskFamilies.ByName[name]);
        var asked = new List<AdaptationRequest>();
        var controls = new ViewerControls(family, Theme.Dark, Fixtures.Request(family.TestTasks.Row(0).ToArray()), asked.Add);
        controls.Resize(1280, 720);
        controls.Show(Fixtures.Arm());
        controls.MouseMove(controls.Screens[0].Camera.ToScreen(new(-0.4f, -0.3f)));
        controls.MouseDown(MouseButton.Left);
        controls.MouseUp(MouseButton.Left);
        Assert.Single(asked);
        Assert.EndsWith(named, controls.Notice);
        Assert.Contains(name, controls.Notice);
        Assert.True(controls.Notice.All(StrokeFont.Has));
        Assert.True(controls.Sliders!.IsOpen);
        controls.Advance(60);
        Assert.Empty(controls.Notice);
    }

    [Theory]
    [InlineData(1280, 720, 1280, 720, 1, 300, 200)]
    [InlineData(640, 360, 1280, 720, 2, 300, 200)]
    [InlineData(3840, 2160, 3840, 2160, 2, 150, 100)]
    [InlineData(1920, 1080, 3840, 2160, 2, 300, 200)]
    public void The_mouse_is_where_the_window_says_whatever_a_pixel_is(
        float width, float height, float pixels, float rows, float scale, float x, float y)
    {
        var viewport = new Viewport(new(width, height), new(pixels, rows));
        Assert.Equal(scale, viewport.Scale);
        Assert.Equal(new Vector2(pixels, rows) / scale, viewport.Size);
        Assert.Equal(new Vector2(x, y), viewport.ToPoint(new(300, 200)));
        Assert.True(new Viewport(new(0, 0), new(0, 0)).IsEmpty);
    }

    [Fact]
    public void Letters_have_the_size_that_the_user_has_set_for_the_display()
    {
        // As on Windows at 200 %, where a window's units are pixels.
        var viewport = new Viewport(new(2560, 1440), new(2560, 1440), Display: 2);
        Assert.Equal((2, new Vector2(1280, 720)), (viewport.Scale, viewport.Size));
        Assert.Equal(new Vector2(150, 100), viewport.ToPoint(new(300, 200)));
        // A window of half that size shows as large letters, in less room; where a unit is two pixels already, nothing is doubled again.
        Assert.Equal(2, new Viewport(new(1280, 720), new(1280, 720), Display: 2).Scale);
        Assert.Equal(2, new Viewport(new(1280, 720), new(2560, 1440), Display: 2).Scale);
    }

    private static IReadOnlyList<Coordinate> Columns(string name) => VariedFamily.Of(TaskFamilies.ByName[name]).Spec.Task;
}
