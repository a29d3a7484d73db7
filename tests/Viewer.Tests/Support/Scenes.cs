using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Everything that the viewer can show, by name, at the end of its last episode.</summary>
internal static class Scenes
{
    public static readonly string[] Names =
    [
        "point-dark", "point-light-small", "arm-light", "walls-dark", "moved-dark", "all-tasks-dark", "beside-light", "load-light",
    ];

    public static (int Width, int Height) Size(string name) => name.EndsWith("small") ? (900, 520) : (1280, 720);

    public static IScene Make(string name)
    {
        (float width, float height) = Size(name);
        Theme theme = name.Contains("light") ? Theme.Light : Theme.Dark;
        IScene scene = name.Split('-')[0] switch
        {
            "arm" => new ReplayScreen(Fixtures.Arm(), theme, width, height),
            "walls" => new ReplayScreen(Fixtures.Point(new(0.03f, -0.02f), [0.5f, 2.5f]), theme, width, height),
            "moved" => new ReplayScreen(Fixtures.Moved(), theme, width, height),
            "all" => new PopulationScreen(Fixtures.Population(), theme, width, height) { StepsPerFrame = Fixtures.Horizon },
            "load" => new ReplayScreen(Fixtures.Load(), theme, width, height),
            "beside" => Beside(theme, width, height),
            _ => new ReplayScreen(Fixtures.Point(), theme, width, height),
        };
        scene.Playback.Seek(scene.Playback.Length);
        return scene;
    }

    public static Bitmap Draw(string name)
    {
        (int width, int height) = Size(name);
        using var studio = new PictureStudio(HeadlessContext.Create(), width, height);
        var bitmap = new Bitmap(width, height);
        studio.Draw(Make(name), bitmap);
        return bitmap;
    }

    /// <summary>Controls over a scene with everything open that may lie over it.</summary>
    public static ViewerControls Overlaid()
    {
        TaskFamily family = VariedFamily.Of(TaskFamilies.ByName["maml-nav"]);
        AdaptationRequest first = Fixtures.Request([0.3, 0.25, .. family.TestTasks.Row(0)[2..]]);
        var controls = new ViewerControls(family, Theme.Dark, first, request => { });
        controls.Show(Fixtures.Point());
        foreach (Key key in new[] { Key.G, Key.Tab, Key.Tab, Key.Tab, Key.Tab, Key.Tab, Key.K, Key.K }) controls.KeyDown(key);
        controls.Say("a line for the user");
        return controls;
    }

    private static SideBySide Beside(Theme theme, float width, float height)
    {
        (Replay one, Replay other) = (Fixtures.Point(), Fixtures.Point(new Vector2(0.02f, 0)));
        double[] adapted = [.. other.Map.Adapted.Select((value, cell) => value + 4 * Math.Sin(0.3 * cell))];
        other = other with { Map = other.Map with { Adapted = adapted } };
        var playback = new Playback(one.Steps.Count, one.Horizon);
        var left = new ReplayScreen(one, theme, width, height, playback, new(0, other));
        var right = new ReplayScreen(other, theme, width, height, playback, new(1, one));
        return new SideBySide([left, right]);
    }
}
