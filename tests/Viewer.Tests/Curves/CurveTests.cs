using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.Tests.Support;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Networks that adapt to the points of a function, as a picture and under the pointer.</summary>
[Collection(nameof(CountedGl))]
public sealed class CurveTests
{
    private static readonly SinusoidConfig Config = new() { Shots = 5, HiddenSizes = [8], InnerLearningRates = [0.01] };

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(640, 360)]
    [InlineData(400, 300)]
    public void A_point_is_found_where_it_is_drawn(int width, int height)
    {
        var screen = new CurveScreen(new Canvas(width, height), Theme.Dark);
        foreach ((float x, float y) in new[] { (-5f, 6f), (0f, 0f), (2.5f, -3f), (5f, -6f) })
        {
            (float backX, float backY) = screen.FromScreen(screen.ToScreen(x, y));
            Assert.Equal(x, backX, 4);
            Assert.Equal(y, backY, 4);
        }
        // Upwards is up, and what is beyond the chart is brought back to it.
        Assert.True(screen.ToScreen(0, 1).Y < screen.ToScreen(0, 0).Y);
        Assert.Equal((5f, -6f), screen.FromScreen(new Vector2(10 * width, 10 * height)));
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(640, 360)]
    [InlineData(320, 240)]
    public void Everything_is_within_the_picture_in_letters_that_the_font_has(int width, int height)
    {
        using CurveAdapter adapter = Adapter();
        CurveAdaptation adaptation = adapter.Adapt([(-1, 3), (2, -200)], steps: 20);
        var canvas = new Canvas(width, height);
        new CurveScreen(canvas, Theme.Light).Draw(adaptation, "sinusoid regression", new string('w', 300), progress: 20);
        Assert.Equal(0, canvas.MissingCharacters);
        Assert.False(canvas.IsEmpty);
    }

    [FactWith("Xvfb", "xdotool")]
    public void Points_follow_a_real_mouse_and_the_curves_follow_the_points()
    {
        VirtualDisplay display = VirtualDisplay.OfProcess();
        using CurveAdapter adapter = Adapter();
        var view = new CurveView(adapter, Theme.Dark, steps: 3, number: 1);
        using var window = new CanvasWindow(view, "curves under a mouse");
        window.Open();
        Assert.Equal(5, view.Shown.Points.Count);
        Assert.NotNull(view.Shown.Losses);
        string id = Xdotool.Run("search --sync --name \"curves under\"", display, window.Step).Split('\n')[0];
        Xdotool.Run($"windowmove --sync {id} 0 0 windowfocus --sync {id}", display, window.Step);
        (float X, float Y) before = view.Shown.Points[0];
        float[] curve = view.Shown.Curves[^1];
        Vector2 from = view.Screen.ToScreen(before.X, before.Y), to = view.Screen.ToScreen(1, 4);
        string Move(Vector2 at) => string.Create(CultureInfo.InvariantCulture, $"mousemove --window {id} {at.X:F0} {at.Y:F0}");
        Xdotool.Run($"{Move(from)} mousedown 1", display, window.Step);
        Patience.Until(() => view.IsDragging, () => Assert.True(window.Step()));
        Xdotool.Run($"{Move(to)} mouseup 1", display, window.Step);
        Patience.Until(() => !view.IsDragging, () => Assert.True(window.Step()));
        Assert.Equal(1, view.Shown.Points[0].X, 0.05);
        Assert.Equal(4, view.Shown.Points[0].Y, 0.05);
        Assert.NotEqual(curve, view.Shown.Curves[^1]);
        // What was dragged is no sinusoid any more, so there is nothing to compare the whole curve with.
        Assert.Null(view.Shown.Losses);
        view.KeyDown(Key.Right);
        Assert.Equal(5, view.Shown.Curves.Count);
        view.KeyDown(Key.N);
        Assert.NotNull(view.Shown.Losses);
        Xdotool.Run("key q", display, window.Step);
        Patience.Until(() => !window.Step());
    }

    private static CurveAdapter Adapter()
    {
        float[] theta = Config.Network.Initialise(RandomStream.FromSeed(1));
        return new(new Checkpoint(Config, theta, [], new Dictionary<string, NamedArray>(), 0, null, "cpu", 1), Config);
    }
}
