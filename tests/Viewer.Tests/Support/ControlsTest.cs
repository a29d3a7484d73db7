using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Controls that show an adaptation to one goal, what they ask for, and hands for them.</summary>
public abstract class ControlsTest
{
    private protected const float Width = 1280, Height = 720;

    private protected readonly List<AdaptationRequest> asked = [];
    private protected readonly TaskFamily family = TaskFamilies.ByName["maml-nav"];
    private protected readonly ViewerControls controls;

    protected ControlsTest()
    {
        controls = new ViewerControls(family, Theme.Dark, Fixtures.Request(0.3, 0.25), asked.Add);
        controls.Resize(Width, Height);
        controls.Show(Fixtures.Point());
    }

    private protected ReplayScreen Screen => controls.Screens[0];

    private protected void Press(params Key[] keys)
    {
        foreach (Key key in keys) controls.KeyDown(key);
    }

    private protected void Click(Vector2 at)
    {
        controls.MouseMove(at);
        controls.MouseDown(MouseButton.Left);
        controls.MouseUp(MouseButton.Left);
    }

    private protected void Drag(Vector2 from, Vector2 to, int parts)
    {
        controls.MouseMove(from);
        controls.MouseDown(MouseButton.Left);
        for (int part = 1; part <= parts; part++) controls.MouseMove(Vector2.Lerp(from, to, (float)part / parts));
        controls.MouseUp(MouseButton.Left);
    }
}
