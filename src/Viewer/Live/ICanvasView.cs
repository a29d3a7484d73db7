using System.Numerics;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>What a <see cref="CanvasWindow"/> shows, and what it does about keys and the mouse. Positions are in points.</summary>
public interface ICanvasView
{
    Theme Theme { get; }

    /// <summary>Whether it would be drawn otherwise than it was last.</summary>
    bool IsStale { get; }

    bool WantsToQuit { get; }

    void Draw(Canvas canvas);

    void Resize(float width, float height);

    /// <summary>Lets time pass.</summary>
    void Advance(double seconds);

    void KeyDown(Key key);

    void MouseMove(Vector2 to);

    void MouseDown(MouseButton button);

    void MouseUp(MouseButton button);
}
