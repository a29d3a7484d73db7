using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// What a stage draws, in two layers: a still one that is drawn anew only when it no longer holds, and over it what moves.
/// A frame costs the moving layer and what the still one gains.
/// </summary>
public interface IScene
{
    Theme Theme { get; set; }

    /// <summary>The moment that is shown.</summary>
    Playback Playback { get; }

    /// <summary>Size of what covers the world's upper right corner, which the world keeps clear of.</summary>
    Vector2 Covered { get; set; }

    /// <summary>Whether the still layer, as it was drawn last, no longer holds.</summary>
    bool IsStale { get; }

    /// <summary>Whether the still layer has something to gain.</summary>
    bool HasGained { get; }

    /// <summary>The whole still layer.</summary>
    void DrawStill(Canvas canvas);

    /// <summary>What the still layer gains since it was drawn last; nothing, as a rule.</summary>
    void DrawGained(Canvas canvas);

    void DrawMoving(Canvas canvas);

    void Resize(float width, float height);

    /// <summary>The same scene, looked at in the same way, at a moment of its own.</summary>
    IScene Twin();
}
