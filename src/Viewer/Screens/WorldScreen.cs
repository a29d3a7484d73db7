using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>A scene with a world, over which a camera moves, and panels around it.</summary>
public abstract class WorldScreen : IScene
{
    private const float ClosestZoom = 200, FurthestZoom = 1 / 50f;

    private int version;

    // The part of the world that was shown when the camera was fitted last.
    private WorldExtent fitted;
    private (int Version, int Episode) drawn = (-1, -1);
    private Brush? brush;

    private protected WorldScreen(Theme theme, Playback playback) => (Theme, Playback) = (theme, playback);

    public Playback Playback { get; }
    public ScreenLayout Layout { get; private set; } = null!;

    public Theme Theme
    {
        get;
        set
        {
            field = value;
            Invalidate();
        }
    }

    public Camera Camera
    {
        get;
        set
        {
            field = value;
            Invalidate();
        }
    }

    /// <summary>Size of whatever covers the world's upper right corner; zero by default.</summary>
    public Vector2 Covered
    {
        get;
        set
        {
            if (field == value) return;
            Camera before = FittedCamera();
            field = value;
            Camera = Camera.Follow(before, FittedCamera());
            OnCoverChanged();
        }
    }

    /// <summary>Width at the right end of the header that is left free for buttons; zero by default.</summary>
    public float HeaderFree { get; init; }

    public virtual bool IsStale => drawn != (version, Playback.Episode);

    private protected (float Width, float Height) Size { get; private set; }

    public void Resize(float width, float height)
    {
        if (Size == (width, height)) return;
        Size = (width, height);
        Layout = LayoutOf(width, height);
        Fit();
    }

    /// <summary>Shows the whole world.</summary>
    public void Fit()
    {
        fitted = FindExtent();
        Camera = FittedCamera();
    }

    /// <summary>Zooms at a point of the world, but never so far that there is nothing left to see.</summary>
    public void Zoom(Vector2 at, float factor)
    {
        float usual = FittedCamera().Zoom, zoom = Math.Clamp(Camera.Zoom * factor, FurthestZoom * usual, ClosestZoom * usual);
        Camera = Camera.ZoomAt(Camera.ToScreen(at), zoom / Camera.Zoom);
    }

    /// <summary>The corner of the world that is covered; empty where nothing is.</summary>
    internal virtual Rect CoveredArea => new(Layout.World.Right - Covered.X, Layout.World.Y, Covered.X, Covered.Y);

    /// <summary>The part of the world that has room for the words in its upper left corner.</summary>
    internal Rect TitleRoom
    {
        get
        {
            float uncovered = Layout.World.Width - CoveredArea.Width - 8;
            return Layout.World with { Width = Math.Max(0, Math.Min(Layout.TitleWidth, uncovered)) };
        }
    }

    public abstract void DrawStill(Canvas canvas);
    public abstract void DrawAdditions(Canvas canvas);
    public abstract void DrawMoving(Canvas canvas);
    public abstract IScene Copy();
    public abstract bool HasAdditions { get; }

    private protected Rect HeaderArea => Layout.Header.Inset(0, 0, HeaderFree, 0);

    /// <summary>Has the still layer drawn anew.</summary>
    private protected void Invalidate() => version++;

    /// <summary>Notes that the still layer is drawn as everything is now.</summary>
    private protected void MarkDrawn() => drawn = (version, Playback.Episode);

    private protected abstract ScreenLayout LayoutOf(float width, float height);

    /// <summary>Finds the part of the world that is worth showing.</summary>
    private protected abstract WorldExtent FindExtent();

    /// <summary>The camera that shows the part of the world which was found last.</summary>
    private protected virtual Camera FittedCamera() => Camera.Fit(Layout.WorldView(Covered), fitted.Low, fitted.High);

    /// <summary>Takes over the camera of another screen, and the part of the world to which it was fitted.</summary>
    private protected void CopyCamera(WorldScreen other)
    {
        fitted = other.fitted;
        Camera = other.Camera with { Area = Camera.Area };
    }

    /// <summary>Is called after the covered corner has changed, and the camera with it.</summary>
    private protected virtual void OnCoverChanged() { }

    private protected Brush BrushOf(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        if (brush is null || brush.Canvas != canvas || brush.Theme != Theme) brush = new Brush(canvas, Theme);
        return brush;
    }
}
