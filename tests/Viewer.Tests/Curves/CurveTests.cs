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
        using var window = new CurveWindow(adapter, "curves under a mouse", Theme.Dark, steps: 3, number: 1);
        window.Open();
        Assert.Equal(5, window.Shown.Points.Count);
        Assert.NotNull(window.Shown.Losses);
        string id = Run("search --sync --name \"curves under\"", display, window).Split('\n')[0];
        Run($"windowmove --sync {id} 0 0 windowfocus --sync {id}", display, window);
        (float X, float Y) before = window.Shown.Points[0];
        float[] curve = window.Shown.Curves[^1];
        Vector2 from = window.Screen.ToScreen(before.X, before.Y), to = window.Screen.ToScreen(1, 4);
        Run(string.Create(CultureInfo.InvariantCulture, $"mousemove --window {id} {from.X:F0} {from.Y:F0} mousedown 1"), display, window);
        Patience.Until(() => window.IsDragging, () => Assert.True(window.Step()));
        Run(string.Create(CultureInfo.InvariantCulture, $"mousemove --window {id} {to.X:F0} {to.Y:F0} mouseup 1"), display, window);
        Patience.Until(() => !window.IsDragging, () => Assert.True(window.Step()));
        Assert.Equal(1, window.Shown.Points[0].X, 0.05);
        Assert.Equal(4, window.Shown.Points[0].Y, 0.05);
        Assert.NotEqual(curve, window.Shown.Curves[^1]);
        // What was dragged is no sinusoid any more, so there is nothing to compare the whole curve with.
        Assert.Null(window.Shown.Losses);
        window.KeyDown(Key.Right);
        Assert.Equal(5, window.Shown.Curves.Count);
        window.KeyDown(Key.N);
        Assert.NotNull(window.Shown.Losses);
        Run("key q", display, window);
        Patience.Until(() => !window.Step());
    }

    private static CurveAdapter Adapter()
    {
        float[] theta = Config.Network.Initialise(RandomStream.FromSeed(1));
        return new(new Checkpoint(Config, theta, [], new Dictionary<string, NamedArray>(), 0, null, "cpu", 1), Config);
    }

    private static string Run(string command, VirtualDisplay display, CurveWindow window)
    {
        var start = new System.Diagnostics.ProcessStartInfo("xdotool", command) { RedirectStandardOutput = true };
        start.Environment["DISPLAY"] = display.Name;
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        Patience.Until(() => process.HasExited, () => window.Step());
        return process.StandardOutput.ReadToEnd();
    }
}
