using Silk.NET.OpenGL;

namespace MamlRobotics.Viewer;

/// <summary>Draws scenes into a picture in the GPU's memory, and keeps their still layer from frame to frame.</summary>
internal sealed class Stage : IDisposable
{
    private readonly Renderer renderer;
    private readonly Target still;
    private readonly Canvas canvas = new(1, 1);
    private readonly float scale;
    private IScene? shown;

    /// <param name="scale">Pixels per point</param>
    public Stage(GL gl, Renderer renderer, int width, int height, float scale)
    {
        (this.renderer, this.scale) = (renderer, scale);
        still = new Target(gl, width, height);
        Frame = new Target(gl, width, height);
    }

    /// <summary>The picture of the last frame.</summary>
    public Target Frame { get; }

    /// <summary>The size in points for which scenes are laid out.</summary>
    public (float Width, float Height) Size => (Frame.Width / scale, Frame.Height / scale);

    public void Draw(IScene scene)
    {
        if (shown != scene || scene.IsStale)
        {
            still.Clear(scene.Theme.Background);
            scene.DrawStill(Empty());
            renderer.Draw(canvas, still);
            shown = scene;
        }
        scene.DrawAdditions(Empty());
        if (!canvas.IsEmpty) renderer.Draw(canvas, still);
        still.CopyTo(Frame);
        scene.DrawMoving(Empty());
        renderer.Draw(canvas, Frame);
    }

    /// <summary>An empty canvas of the stage's size.</summary>
    public Canvas Empty()
    {
        canvas.Begin(Size.Width, Size.Height, scale);
        return canvas;
    }

    /// <summary>Draws the canvas over the frame.</summary>
    public void DrawOver() => renderer.Draw(canvas, Frame);

    public void Dispose()
    {
        still.Dispose();
        Frame.Dispose();
    }
}
