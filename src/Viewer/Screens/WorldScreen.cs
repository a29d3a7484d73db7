using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>A scene with a world that the camera can move over, and panels around it.</summary>
public abstract class WorldScreen : IScene
{
    private const float ClosestZoom = 200, FurthestZoom = 1 / 50f;

    private int version;
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

    /// <summary>Size of what covers the world's upper right corner; none by default.</summary>
    public Vector2 Covered
    {
        get;
        set
        {
            if (field == value) return;
            Camera before = FittedCamera();
            field = value;
            Camera = Camera.Follow(before, FittedCamera());
            OnCovered();
        }
    }

    /// <summary>Width at the header's right end that is left to others; none by default.</summary>
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

    /// <summary>Zooms at a point of the world, as far as there is something to be seen.</summary>
    public void Zoom(Vector2 at, float factor)
    {
        float fitted = FittedCamera().Zoom, zoom = Math.Clamp(Camera.Zoom * factor, FurthestZoom * fitted, ClosestZoom * fitted);
        Camera = Camera.ZoomAt(Camera.ToScreen(at), zoom / Camera.Zoom);
    }

    /// <summary>The corner of the world that is covered; empty where nothing is.</summary>
    internal virtual Rect CoveredArea => new(Layout.World.Right - Covered.X, Layout.World.Y, Covered.X, Covered.Y);

    /// <summary>The world beside what covers it, for the words in its upper left corner.</summary>
    internal Rect TitleRoom => Layout.World with { Width = Math.Max(0, Math.Min(Layout.TitleWidth, Layout.World.Width - CoveredArea.Width - 8)) };

    public abstract void DrawStill(Canvas canvas);
    public abstract void DrawGained(Canvas canvas);
    public abstract void DrawMoving(Canvas canvas);
    public abstract IScene Twin();
    public abstract bool HasGained { get; }

    private protected Rect HeaderArea => Layout.Header.Inset(0, 0, HeaderFree, 0);

    /// <summary>The still layer no longer holds.</summary>
    private protected void Invalidate() => version++;

    /// <summary>The still layer is about to be drawn as things are now.</summary>
    private protected void MarkDrawn() => drawn = (version, Playback.Episode);

    private protected abstract ScreenLayout LayoutOf(float width, float height);

    /// <summary>The part of the world that the screen is about.</summary>
    private protected abstract WorldExtent FindExtent();

    /// <summary>The camera that shows the part of the world that was fitted last.</summary>
    private protected virtual Camera FittedCamera() => Camera.Fit(Layout.WorldView(Covered), fitted.Low, fitted.High);

    /// <summary>Takes over the camera of another screen, and what it was fitted to.</summary>
    private protected void LookAsAt(WorldScreen other)
    {
        fitted = other.fitted;
        Camera = other.Camera with { Area = Camera.Area };
    }

    /// <summary>Called after what covers the world has changed, and the camera with it.</summary>
    private protected virtual void OnCovered() { }

    private protected Brush BrushOf(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        if (brush is null || brush.Canvas != canvas || brush.Theme != Theme) brush = new Brush(canvas, Theme);
        return brush;
    }
}
