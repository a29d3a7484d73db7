// The one keyboard and the one mouse that GLFW gives a window.
using System.Numerics;
using System.Runtime.InteropServices;
using Silk.NET.Windowing;

namespace Silk.NET.Input;

internal sealed unsafe class GlfwInput : IInputContext
{
    private const int Pressed = 1;

    private static readonly Dictionary<nint, GlfwInput> Contexts = [];
    private readonly nint handle;
    private readonly GlfwKeyboard keyboard = new();
    private readonly GlfwMouse mouse = new();

    public GlfwInput(nint window)
    {
        handle = window;
        Contexts[window] = this;
        Glfw.glfwSetKeyCallback(window, &OnKey);
        Glfw.glfwSetMouseButtonCallback(window, &OnButton);
        Glfw.glfwSetCursorPosCallback(window, &OnMove);
        Glfw.glfwSetScrollCallback(window, &OnScroll);
    }

    public IReadOnlyList<IKeyboard> Keyboards => [keyboard];
    public IReadOnlyList<IMouse> Mice => [mouse];

    public void Dispose()
    {
        if (!Contexts.Remove(handle)) return;
        Glfw.glfwSetKeyCallback(handle, null);
        Glfw.glfwSetMouseButtonCallback(handle, null);
        Glfw.glfwSetCursorPosCallback(handle, null);
        Glfw.glfwSetScrollCallback(handle, null);
    }

    private static void With(nint window, Action<GlfwInput> handler)
    {
        if (Contexts.TryGetValue(window, out GlfwInput? input)) GlfwWindow.Guard(window, _ => handler(input));
    }

    [UnmanagedCallersOnly]
    private static void OnKey(nint window, int key, int scancode, int action, int modifiers) => With(window, input =>
    {
        if (action == Pressed) input.keyboard.RaiseDown((Key)key, scancode);
    });

    [UnmanagedCallersOnly]
    private static void OnButton(nint window, int button, int action, int modifiers) =>
        With(window, input => input.mouse.RaiseButton((MouseButton)button, action == Pressed));

    [UnmanagedCallersOnly]
    private static void OnMove(nint window, double x, double y) =>
        With(window, input => input.mouse.RaiseMove(new Vector2((float)x, (float)y)));

    [UnmanagedCallersOnly]
    private static void OnScroll(nint window, double x, double y) =>
        With(window, input => input.mouse.RaiseScroll(new ScrollWheel((float)x, (float)y)));
}

internal sealed class GlfwKeyboard : IKeyboard
{
    public event Action<IKeyboard, Key, int>? KeyDown;

    internal void RaiseDown(Key key, int scancode) => KeyDown?.Invoke(this, key, scancode);
}

internal sealed class GlfwMouse : IMouse
{
    public event Action<IMouse, MouseButton>? MouseDown;
    public event Action<IMouse, MouseButton>? MouseUp;
    public event Action<IMouse, Vector2>? MouseMove;
    public event Action<IMouse, ScrollWheel>? Scroll;

    internal void RaiseButton(MouseButton button, bool down) => (down ? MouseDown : MouseUp)?.Invoke(this, button);
    internal void RaiseMove(Vector2 position) => MouseMove?.Invoke(this, position);
    internal void RaiseScroll(ScrollWheel turned) => Scroll?.Invoke(this, turned);
}
