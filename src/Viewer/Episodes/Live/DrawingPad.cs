using System.Numerics;
using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>The strokes that a user draws with the mouse.</summary>
internal sealed class DrawingPad
{
    // A mouse reports more points than a line needs.
    private const float LeastStep = 0.004f;

    private readonly List<List<Vector2>> strokes = [];

    /// <summary>Whether the button is down.</summary>
    public bool IsDrawing { get; private set; }

    public bool IsEmpty => strokes.Count == 0;

    public IReadOnlyList<IReadOnlyList<Vector2>> Strokes => strokes;

    /// <summary>What is drawn now, which later strokes do not change.</summary>
    public Drawing Drawing => new([.. strokes.Select(stroke => stroke.ToArray())]);

    /// <param name="at">In units of the pad's side, from its upper left corner</param>
    public void Begin(Vector2 at)
    {
        strokes.Add([Within(at)]);
        IsDrawing = true;
    }

    /// <summary>Draws on to a point. What lies beyond the pad is brought back to its edge.</summary>
    /// <returns>Whether the stroke has become longer</returns>
    public bool DrawTo(Vector2 at)
    {
        if (!IsDrawing || Vector2.Distance(strokes[^1][^1], Within(at)) < LeastStep) return false;
        strokes[^1].Add(Within(at));
        return true;
    }

    public void End() => IsDrawing = false;

    /// <summary>Takes the last stroke away.</summary>
    public void Undo()
    {
        End();
        if (!IsEmpty) strokes.RemoveAt(strokes.Count - 1);
    }

    public void Clear()
    {
        End();
        strokes.Clear();
    }

    private static Vector2 Within(Vector2 at) => Vector2.Clamp(at, Vector2.Zero, Vector2.One);
}
