using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>
/// Lets the user drag the points of a function in a window, and shows at once how the network adapts to them.
/// </summary>
public sealed class CurveView : ICanvasView
{
    private const string Keys =
        "drag a point · click: a new point · right click: take one away · N: another sinusoid · arrows: gradient steps · Q: quit";
    private const float Reach = 14;
    private const int MostSteps = 50;

    private readonly CurveAdapter adapter;
    private readonly List<(float X, float Y)> points = [];
    private SinusoidTasks? function;
    private CurveAdaptation adaptation = null!;
    private int steps, number, dragged = -1;
    private Vector2 pointer;
    private Canvas canvas = new(1, 1);

    /// <param name="steps">Number of gradient steps at first</param>
    /// <param name="number">Number of the sinusoid at first</param>
    public CurveView(CurveAdapter adapter, Theme theme, int steps, int number)
    {
        (this.adapter, Theme, this.steps) = (adapter, theme, steps);
        Take(number);
    }

    public Theme Theme { get; }

    /// <inheritdoc/>
    public bool IsStale { get; private set; }

    public bool WantsToQuit { get; private set; }

    /// <summary>The adaptation that is shown, for tests.</summary>
    internal CurveAdaptation Shown => adaptation;

    internal bool IsDragging => dragged >= 0;

    internal CurveScreen Screen => new(canvas, Theme);

    /// <inheritdoc/>
    public void Draw(Canvas canvas)
    {
        new CurveScreen(canvas, Theme).Draw(adaptation, $"sinusoid regression · {adapter.Label}", Keys, steps);
        IsStale = false;
    }

    /// <inheritdoc/>
    public void Resize(float width, float height) => canvas = new Canvas(width, height);

    /// <inheritdoc/>
    public void Advance(double seconds)
    {
    }

    /// <inheritdoc/>
    public void KeyDown(Key key)
    {
        switch (key)
        {
            case Key.N: Take(number + 1); break;
            case Key.Right or Key.Up: SetSteps(steps + 1); break;
            case Key.Left or Key.Down: SetSteps(steps - 1); break;
            case Key.Q or Key.Escape: WantsToQuit = true; break;
        }
    }

    /// <inheritdoc/>
    public void MouseMove(Vector2 to)
    {
        pointer = to;
        if (dragged < 0) return;
        points[dragged] = Screen.FromScreen(to);
        // The points that the user has moved belong to no sinusoid any more.
        function = null;
        Adapt();
    }

    /// <inheritdoc/>
    public void MouseDown(MouseButton button)
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

    /// <inheritdoc/>
    public void MouseUp(MouseButton button) => dragged = -1;

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
        IsStale = true;
    }

    private void SetSteps(int wanted)
    {
        steps = Math.Clamp(wanted, 1, MostSteps);
        Adapt();
    }
}
