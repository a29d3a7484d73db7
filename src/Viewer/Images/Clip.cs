namespace MamlRobotics.Viewer;

/// <summary>A film whose frames are drawn while it is written, in any order.</summary>
/// <param name="Draw">Draws a frame into a bitmap of the film's size</param>
public sealed record Clip(int Width, int Height, int Frames, int FramesPerSecond, Action<int, Bitmap> Draw)
{
    /// <summary>Every frame in order, in one bitmap that is overwritten.</summary>
    public IEnumerable<Bitmap> All()
    {
        var bitmap = new Bitmap(Width, Height);
        for (int frame = 0; frame < Frames; frame++)
        {
            Draw(frame, bitmap);
            yield return bitmap;
        }
    }
}
