using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using Silk.NET.Input;
using Silk.NET.OpenGL;
using Silk.NET.Windowing;

namespace MamlRobotics.Viewer;

/// <summary>
/// A window in which the user drags the points of a function, and sees at once how the network adapts to them.
/// </summary>
public sealed class CurveWindow : IDisposable
{
    private const string Keys =
        "drag a point · click: a new point · right click: take one away · N: another sinusoid · arrows: gradient steps · Q: quit";
    private const float Reach = 14;
    private const int MostSteps = 50;

    private readonly CurveAdapter adapter;
    private readonly Theme theme;
    private readonly IWindow window;
    private readonly List<(float X, float Y)> points = [];
    private SinusoidTasks? function;
    private CurveAdaptation adaptation = null!;
    private int steps, number, dragged = -1;
    private bool isStale = true;
    private Vector2 pointer;
    private GL gl = null!;
    private IInputContext input = null!;
    private Renderer renderer = null!;
    private Target? target;
    private Canvas canvas = new(1, 1);

    /// <param name="steps">Number of gradient steps at first</param>
    /// <param name="number">Number of the sinusoid at first</param>
    /// <exception cref="PlatformNotSupportedException">There is no display.</exception>
    public CurveWindow(CurveAdapter adapter, string title, Theme theme, int steps, int number)
    {
        (this.adapter, this.theme, this.steps) = (adapter, theme, steps);
        Take(number);
        window = Display.Create(WindowOptions.Default with { Title = title, VSync = true });
        window.Load += Load;
        window.Render += _ => Draw();
        window.FramebufferResize += _ => Resize();
        window.Closing += Free;
    }

    /// <summary>Binds OpenGL to the window once its context is there.</summary>
    internal Func<IWindow, GL> Bind { get; init; } = GL.GetApi;

    /// <summary>The adaptation that is shown, for tests.</summary>
    internal CurveAdaptation Shown => adaptation;

    internal bool IsDragging => dragged >= 0;

    /// <exception cref="PlatformNotSupportedException">The display has no OpenGL 3.3.</exception>
    public void Open() => Display.Open(window);

    /// <summary>Handles the events that have come, and draws if there is something new.</summary>
    /// <returns>False once the window is closed</returns>
    public bool Step()
    {
        window.DoEvents();
        if (!window.IsClosing) window.DoUpdate();
        if (!window.IsClosing) window.DoRender();
        return !window.IsClosing;
    }

    /// <summary>Runs an open window until it is closed.</summary>
    public void Run() => Display.Run(Step);

    public void Dispose() => window.Dispose();

    private Viewport Viewport => new(
        new(window.Size.X, window.Size.Y), new(window.FramebufferSize.X, window.FramebufferSize.Y), Display.Scale());

    private void Take(int sinusoid)
    {
        number = sinusoid;
        RandomStream stream = RandomStream.FromSeed(sinusoid);
        function = SinusoidTasks.Draw(stream, 1);
        points.Clear();
        TensorScope.Free(() =>
        {
            RegressionSamples drawn = function.Sample(stream.Stream("points"), adapter.Shots, CPU);
            points.AddRange(drawn.Inputs.data<float>().Zip(drawn.Targets.data<float>()));
        });
        Adapt();
    }

    private void Adapt()
    {
        adaptation = adapter.Adapt(points, steps);
        if (function is not null) adaptation = adapter.WithTarget(adaptation, function);
        isStale = true;
    }

    private void Load()
    {
        Display.Enlarge(window, Display.Scale());
        gl = Bind(window);
        renderer = new Renderer(gl);
        input = window.CreateInput();
        foreach (IKeyboard keyboard in input.Keyboards) keyboard.KeyDown += (_, key, _) => KeyDown(key);
        foreach (IMouse mouse in input.Mice)
        {
            mouse.MouseMove += (_, position) => Move(Viewport.ToPoint(position));
            mouse.MouseDown += (_, button) => Press(button);
            mouse.MouseUp += (_, _) => dragged = -1;
        }
        Resize();
    }

    private void Resize()
    {
        Viewport viewport = Viewport;
        // A minimised window keeps its target.
        if (viewport.IsEmpty) return;
        target?.Dispose();
        target = new Target(gl, (int)viewport.Framebuffer.X, (int)viewport.Framebuffer.Y);
        canvas = new Canvas(viewport.Size.X, viewport.Size.Y);
        isStale = true;
    }

    internal void KeyDown(Key key)
    {
        switch (key)
        {
            case Key.N: Take(number + 1); break;
            case Key.Right or Key.Up: SetSteps(steps + 1); break;
            case Key.Left or Key.Down: SetSteps(steps - 1); break;
            case Key.Q or Key.Escape: window.Close(); break;
        }
    }

    internal void Move(Vector2 to)
    {
        pointer = to;
        if (dragged < 0) return;
        points[dragged] = Screen.FromScreen(to);
        // The points that the user has moved belong to no sinusoid any more.
        function = null;
        Adapt();
    }

    internal void Press(MouseButton button)
    {
        int near = points.FindIndex(point => Vector2.Distance(Screen.ToScreen(point.X, point.Y), pointer) < Reach);
        if (button == MouseButton.Right && near >= 0 && points.Count > 1)
        {
            points.RemoveAt(near);
            Adapt();
        }
        else if (button == MouseButton.Left && near >= 0) dragged = near;
        else if (button == MouseButton.Left && Screen.Chart.Contains(pointer))
        {
            points.Add(Screen.FromScreen(pointer));
            (dragged, function) = (points.Count - 1, null);
            Adapt();
        }
    }

    internal CurveScreen Screen => new(canvas, theme);

    private void SetSteps(int wanted)
    {
        steps = Math.Clamp(wanted, 1, MostSteps);
        Adapt();
    }

    private void Draw()
    {
        if (target is null) return;
        if (isStale)
        {
            canvas.Begin(Viewport.Size.X, Viewport.Size.Y, Viewport.Scale);
            Screen.Draw(adaptation, $"sinusoid regression · {adapter.Label}", Keys, steps);
            target.Clear(theme.Background);
            renderer.Draw(canvas, target);
            isStale = false;
        }
        target.CopyTo(null);
    }

    private void Free()
    {
        input.Dispose();
        target?.Dispose();
        target = null;
        renderer.Dispose();
        gl.Dispose();
    }
}
