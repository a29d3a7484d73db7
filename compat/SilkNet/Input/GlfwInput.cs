// The one keyboard and the one mouse that GLFW gives a window.
using System.Numerics;
using System.Runtime.InteropServices;
using Silk.NET.Windowing;

namespace Silk.NET.Input;

internal sealed unsafe class GlfwInput : IInputContext
{
    private const int Released = 0, Pressed = 1;

    private static readonly Dictionary<nint, GlfwInput> Contexts = [];
    private readonly GlfwKeyboard keyboard;
    private readonly GlfwMouse mouse;

    public GlfwInput(nint window)
    {
        Handle = window;
        keyboard = new GlfwKeyboard(window);
        mouse = new GlfwMouse(window);
        Contexts[window] = this;
        Glfw.glfwSetKeyCallback(window, &OnKey);
        Glfw.glfwSetCharCallback(window, &OnChar);
        Glfw.glfwSetMouseButtonCallback(window, &OnButton);
        Glfw.glfwSetCursorPosCallback(window, &OnMove);
        Glfw.glfwSetScrollCallback(window, &OnScroll);
    }

    public nint Handle { get; }
    public IReadOnlyList<IKeyboard> Keyboards => [keyboard];
    public IReadOnlyList<IMouse> Mice => [mouse];

    public void Dispose()
    {
        if (!Contexts.Remove(Handle)) return;
        Glfw.glfwSetKeyCallback(Handle, null);
        Glfw.glfwSetCharCallback(Handle, null);
        Glfw.glfwSetMouseButtonCallback(Handle, null);
        Glfw.glfwSetCursorPosCallback(Handle, null);
        Glfw.glfwSetScrollCallback(Handle, null);
    }

    private static void With(nint window, Action<GlfwInput> handler)
    {
        if (Contexts.TryGetValue(window, out GlfwInput? input)) GlfwWindow.Guard(window, _ => handler(input));
    }

    [UnmanagedCallersOnly]
    private static void OnKey(nint window, int key, int scancode, int action, int modifiers) => With(window, input =>
    {
        if (action == Pressed) input.keyboard.RaiseDown((Key)key, scancode);
        else if (action == Released) input.keyboard.RaiseUp((Key)key, scancode);
    });

    [UnmanagedCallersOnly]
    private static void OnChar(nint window, uint code) => With(window, input =>
    {
        if (code <= char.MaxValue) input.keyboard.RaiseChar((char)code);
    });

    [UnmanagedCallersOnly]
    private static void OnButton(nint window, int button, int action, int modifiers) => With(window, input => input.mouse.RaiseButton((MouseButton)button, action == Pressed));

    [UnmanagedCallersOnly]
    private static void OnMove(nint window, double x, double y) => With(window, input => input.mouse.RaiseMove(new Vector2((float)x, (float)y)));

    [UnmanagedCallersOnly]
    private static void OnScroll(nint window, double x, double y) => With(window, input => input.mouse.RaiseScroll(new ScrollWheel((float)x, (float)y)));
}

internal sealed class GlfwKeyboard(nint window) : IKeyboard
{
    public string Name => "GLFW keyboard";
    public int Index => 0;
    public bool IsConnected => true;
    public IReadOnlyList<Key> SupportedKeys { get; } = [.. Enum.GetValues<Key>().Where(key => key != Key.Unknown).Distinct()];

    public string ClipboardText
    {
        get => Marshal.PtrToStringUTF8(Glfw.glfwGetClipboardString(window)) ?? "";
        set => Glfw.glfwSetClipboardString(window, value);
    }

    public event Action<IKeyboard, Key, int>? KeyDown;
    public event Action<IKeyboard, Key, int>? KeyUp;
    public event Action<IKeyboard, char>? KeyChar;

    public bool IsKeyPressed(Key key) => Glfw.glfwGetKey(window, (int)key) != 0;

    internal void RaiseDown(Key key, int scancode) => KeyDown?.Invoke(this, key, scancode);
    internal void RaiseUp(Key key, int scancode) => KeyUp?.Invoke(this, key, scancode);
    internal void RaiseChar(char letter) => KeyChar?.Invoke(this, letter);
}

internal sealed unsafe class GlfwMouse(nint window) : IMouse
{
    private ScrollWheel wheel;

    public string Name => "GLFW mouse";
    public int Index => 0;
    public bool IsConnected => true;
    public IReadOnlyList<MouseButton> SupportedButtons { get; } = [.. Enum.GetValues<MouseButton>().Where(button => button != MouseButton.Unknown)];
    public IReadOnlyList<ScrollWheel> ScrollWheels => [wheel];

    public Vector2 Position
    {
        get
        {
            double x, y;
            Glfw.glfwGetCursorPos(window, &x, &y);
            return new Vector2((float)x, (float)y);
        }
        set => Glfw.glfwSetCursorPos(window, value.X, value.Y);
    }

    public event Action<IMouse, MouseButton>? MouseDown;
    public event Action<IMouse, MouseButton>? MouseUp;
    public event Action<IMouse, Vector2>? MouseMove;
    public event Action<IMouse, ScrollWheel>? Scroll;

    public bool IsButtonPressed(MouseButton btn) => Glfw.glfwGetMouseButton(window, (int)btn) != 0;

    internal void RaiseButton(MouseButton button, bool down) => (down ? MouseDown : MouseUp)?.Invoke(this, button);
    internal void RaiseMove(Vector2 position) => MouseMove?.Invoke(this, position);

    internal void RaiseScroll(ScrollWheel turned)
    {
        wheel = turned;
        Scroll?.Invoke(this, turned);
    }
}
