using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Two replays of one task beside each other, at the same moment.</summary>
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

    /// <summary>The same on both sides, so that they stay comparable.</summary>
    public Vector2 Covered
    {
        get => screens[0].Covered;
        set
        {
            foreach (ReplayScreen screen in screens) screen.Covered = value;
        }
    }

    public bool IsStale => screens[0].IsStale || screens[1].IsStale;

    public bool HasGained => screens[0].HasGained || screens[1].HasGained;

    public void DrawStill(Canvas canvas)
    {
        foreach (ReplayScreen screen in screens) screen.DrawStill(canvas);
    }

    public void DrawGained(Canvas canvas)
    {
        foreach (ReplayScreen screen in screens) screen.DrawGained(canvas);
    }

    public void DrawMoving(Canvas canvas)
    {
        foreach (ReplayScreen screen in screens) screen.DrawMoving(canvas);
    }

    public void Resize(float width, float height)
    {
        foreach (ReplayScreen screen in screens) screen.Resize(width, height);
    }

    public IScene Twin()
    {
        Playback playback = Playback.Twin();
        return new SideBySide([.. screens.Select(screen => screen.Twin(playback))]);
    }
}
