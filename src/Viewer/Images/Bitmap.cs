namespace MamlRobotics.Viewer;

/// <summary>A picture: three bytes per pixel, red first, top row first.</summary>
public sealed class Bitmap(int width, int height)
{
    public int Width => width;
    public int Height => height;
    public byte[] Pixels { get; } = new byte[3 * width * height];

    public Colour this[int x, int y]
    {
        get
        {
            int at = 3 * (y * width + x);
            return new(Pixels[at], Pixels[at + 1], Pixels[at + 2]);
        }
    }
}
