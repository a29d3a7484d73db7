// Keyboards and mice of a window.
using System.Numerics;
using Silk.NET.Windowing;

namespace Silk.NET.Input;

public interface IInputDevice
{
    string Name { get; }
    int Index { get; }
    bool IsConnected { get; }
}

public interface IKeyboard : IInputDevice
{
    IReadOnlyList<Key> SupportedKeys { get; }
    string ClipboardText { get; set; }
    bool IsKeyPressed(Key key);
    event Action<IKeyboard, Key, int>? KeyDown;
    event Action<IKeyboard, Key, int>? KeyUp;
    event Action<IKeyboard, char>? KeyChar;
}

public readonly struct ScrollWheel(float x, float y)
{
    public float X { get; } = x;
    public float Y { get; } = y;
}

/// <summary>Without Click and DoubleClick, which wait for a second click before they say anything.</summary>
public interface IMouse : IInputDevice
{
    IReadOnlyList<MouseButton> SupportedButtons { get; }
    IReadOnlyList<ScrollWheel> ScrollWheels { get; }
    Vector2 Position { get; set; }
    bool IsButtonPressed(MouseButton btn);
    event Action<IMouse, MouseButton>? MouseDown;
    event Action<IMouse, MouseButton>? MouseUp;
    event Action<IMouse, Vector2>? MouseMove;
    event Action<IMouse, ScrollWheel>? Scroll;
}

public interface IInputContext : IDisposable
{
    nint Handle { get; }
    IReadOnlyList<IKeyboard> Keyboards { get; }
    IReadOnlyList<IMouse> Mice { get; }
}

public static class InputWindowExtensions
{
    public static IInputContext CreateInput(this IView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (!view.IsInitialized) throw new InvalidOperationException("A window takes input once it has been initialised.");
        return new GlfwInput(view.Handle);
    }
}
