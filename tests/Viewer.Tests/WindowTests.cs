using MamlRobotics.Envs;
using MamlRobotics.Tests.Support;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

public class WindowTests
{
    [FactWith("Xvfb")]
    public void A_window_shows_a_replay_takes_keys_and_closes()
    {
        using VirtualDisplay display = VirtualDisplay.Start();
        var controls = new ViewerControls(
            TaskFamily.ByName["maml-nav"], Theme.Dark, new AdaptationRequest([0.3, 0.25], 1, false, 3, 20, 1, 40), request => { });
        int calls = 0;
        using var window = new ViewerWindow(controls, seconds =>
        {
            calls++;
            if (calls == 10) controls.KeyDown(Key.F1);
            if (calls == 20) controls.KeyDown(Key.Escape);
            if (calls == 30) controls.KeyDown(Key.Escape);
            if (calls == 2) controls.Show(Fixtures.Point());
            controls.Advance(seconds);
        }, "test");
        window.Run();
        Assert.InRange(calls, 30, 32);
        Assert.True(window.Frames > 0);
        Assert.True(controls.Scene!.Playback.Position > 0);
    }
}
