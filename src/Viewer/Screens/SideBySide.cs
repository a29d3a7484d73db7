using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Shows two replays of one task side by side, at the same moment.</summary>
public sealed class SideBySide(ReplayScreen[] screens) : IScene
{
    public Playback Playback => screens[0].Playback;

    public Theme Theme
    {
        get => screens[0].Theme;
        set
        {
            foreach (ReplayScreen screen in screens) screen.Theme = value;
        }
    }

    /// <summary>The same on both sides, so that they can be compared.</summary>
    public Vector2 Covered
    {
        get => screens[0].Covered;
        set
        {
            foreach (ReplayScreen screen in screens) screen.Covered = value;
        }
    }

    public bool IsStale => screens[0].IsStale || screens[1].IsStale;

    public bool HasAdditions => screens[0].HasAdditions || screens[1].HasAdditions;

    public void DrawStill(Canvas canvas)
    {
        foreach (ReplayScreen screen in screens) screen.DrawStill(canvas);
    }

    public void DrawAdditions(Canvas canvas)
    {
        foreach (ReplayScreen screen in screens) screen.DrawAdditions(canvas);
    }

    public void DrawMoving(Canvas canvas)
    {
        foreach (ReplayScreen screen in screens) screen.DrawMoving(canvas);
    }

    public void Resize(float width, float height)
    {
        foreach (ReplayScreen screen in screens) screen.Resize(width, height);
    }

    public IScene Copy()
    {
        Playback playback = Playback.Copy();
        return new SideBySide([.. screens.Select(screen => screen.Copy(playback))]);
    }
}
