// Keyboards and mice of a window.
using System.Numerics;
using Silk.NET.Windowing;

namespace Silk.NET.Input;

public interface IKeyboard
{
    event Action<IKeyboard, Key, int>? KeyDown;
}

public readonly struct ScrollWheel(float x, float y)
{
    public float X { get; } = x;
    public float Y { get; } = y;
}

/// <summary>Without Click and DoubleClick, which wait for a second click before they say anything.</summary>
public interface IMouse
{
    event Action<IMouse, MouseButton>? MouseDown;
    event Action<IMouse, MouseButton>? MouseUp;
    event Action<IMouse, Vector2>? MouseMove;
    event Action<IMouse, ScrollWheel>? Scroll;
}

public interface IInputContext : IDisposable
{
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
