using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// A scene is drawn by a stage in two layers: a still layer, which is drawn anew only when it has become wrong, and a moving
/// layer over it. A frame costs no more than the moving layer and the additions to the still one.
/// </summary>
public interface IScene
{
    Theme Theme { get; set; }

    /// <summary>The moment that is shown.</summary>
    Playback Playback { get; }

    /// <summary>Size of whatever covers the world's upper right corner. The world is shown beside or below it.</summary>
    Vector2 Covered { get; set; }

    /// <summary>Whether the still layer has to be drawn anew.</summary>
    bool IsStale { get; }

    /// <summary>Whether there is something to add to the still layer.</summary>
    bool HasAdditions { get; }

    /// <summary>Draws the whole still layer.</summary>
    void DrawStill(Canvas canvas);

    /// <summary>Draws what the still layer has gained since it was drawn last, which is usually nothing.</summary>
    void DrawAdditions(Canvas canvas);

    void DrawMoving(Canvas canvas);

    void Resize(float width, float height);

    /// <summary>A copy of the scene with the same camera and settings, whose playback is independent.</summary>
    IScene Copy();
}
