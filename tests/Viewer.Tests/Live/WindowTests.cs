using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Viewer.Tests;

[Collection(nameof(CountedGl))]
public class WindowTests
{
    [FactWith("Xvfb", "xdotool")]
    public void A_window_obeys_real_keys_and_a_real_mouse_until_Escape_closes_it_and_frees_what_it_drew_with()
    {
        VirtualDisplay display = VirtualDisplay.OfProcess();
        var asked = new List<AdaptationRequest>();
        string folder = Directory.CreateTempSubdirectory().FullName;
        var controls = new ViewerControls(TaskFamilies.ByName["maml-nav"], Theme.Dark, Fixtures.Request(0.3, 0.25), asked.Add);
        using var window = new ViewerWindow(controls, controls.Advance, "a window that is driven by keys")
        {
            Folder = folder,
            Bind = bound => CountedGl.Bind(name => bound.GLContext!.GetProcAddress(name)),
        };
        window.Open();
        controls.Show(Fixtures.Point());
        var steps = new (string Command, Func<bool> Holds)[]
        {
            ("windowmove --sync {0} 0 0 windowfocus --sync {0}", () => controls.Scene!.Playback.Position > 0),
            ("key space", () => !controls.Scene!.Playback.IsPlaying),
            ("key Home", () => controls.Scene!.Playback.Position == 0),
            ("key Right", () => controls.Scene!.Playback.Position == 1),
            ("key s", () => File.Exists(Path.Combine(folder, "adaptation-1.png"))),
            ("key t", () => controls.Theme == Theme.Light),
            (Click(controls.Screens[0].Camera.ToScreen(new(-0.2f, 0.1f))), () => asked.Count == 2),
            (Click(Timeline.Strip(controls.Screens[0].Layout.Timeline, 4, 2).Centre), () => controls.Scene!.Playback.Episode == 2),
            ("key F1", () => controls.ShowsHelp),
            ("key Escape", () => !controls.ShowsHelp),
        };
        string id = Xdotool.Run("search --sync --name \"driven by keys\"", display, window.Step).Split('\n')[0];
        foreach ((string command, Func<bool> holds) in steps)
        {
            Xdotool.Run(string.Format(CultureInfo.InvariantCulture, command, id), display, window.Step);
            Patience.Until(holds, () => Assert.True(window.Step(), command));
        }
        Assert.Equal(-0.2, asked[^1].Task[0], 0.01);
        Assert.Equal(0.1, asked[^1].Task[1], 0.01);
        Assert.True(window.Frames > steps.Length);
        AssertRests(window, controls);
        Directory.Delete(folder, recursive: true);
        controls.KeyDown(Silk.NET.Input.Key.S);
        ShowFrame(window);
        Assert.StartsWith($"could not write {folder}", controls.Notice, StringComparison.Ordinal);
        Directory.CreateDirectory(folder);
        // It closes while it records, when it holds the most.
        int before = CountedGl.Live.Sum();
        controls.KeyDown(Silk.NET.Input.Key.V);
        ShowFrame(window);
        Assert.True(CountedGl.Live.Sum() > before);
        Xdotool.Run("key Escape", display, window.Step);
        Patience.Until(() => !window.Step());
        Assert.All(CountedGl.Made, made => Assert.True(made > 0));
        Assert.All(CountedGl.Live, live => Assert.Equal(0, live));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>While the replay is paused nothing is drawn, and whatever happens is drawn at once.</summary>
    private static void AssertRests(ViewerWindow window, ViewerControls controls)
    {
        Assert.False(controls.Scene!.Playback.IsPlaying);
        window.Step();
        int drawn = window.Frames;
        for (int step = 0; step < 100; step++) window.Step();
        Assert.Equal(drawn, window.Frames);
        controls.KeyDown(Silk.NET.Input.Key.Left);
        window.Step();
        Assert.Equal(drawn + 1, window.Frames);
        controls.Screens[0].Replay.Map.Publish();
        window.Step();
        Assert.Equal(drawn + 2, window.Frames);
        window.Step();
        Assert.Equal(drawn + 2, window.Frames);
    }

    private static void ShowFrame(ViewerWindow window)
    {
        int shown = window.Frames;
        Patience.Until(() => window.Frames > shown, () => window.Step());
    }

    private static string Click(Vector2 at) =>
        string.Create(CultureInfo.InvariantCulture, $"mousemove --window {{0}} {at.X:F0} {at.Y:F0} click 1");
}
