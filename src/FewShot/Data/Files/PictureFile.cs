using MamlRobotics.Envs;
using SkiaSharp;

namespace MamlRobotics.FewShot;

/// <summary>A decoded PNG or JPEG picture.</summary>
/// <param name="Brightness">[Height * Width], row by row from the top, 0 for black and 1 for white</param>
internal sealed record PictureFile(int Width, int Height, float[] Brightness)
{
    private const int LargestSide = 4096;

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg"];

    public static bool HasItsName(string name) => Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <param name="name">What a message calls the file</param>
    /// <exception cref="InputException">The file is no PNG or JPEG picture, is damaged, or larger than 4096 pixels.</exception>
    public static PictureFile Decode(byte[] content, string name)
    {
        using SKData data = SKData.CreateCopy(content);
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg))
            throw new InputException($"{name} is damaged, or no PNG or JPEG picture.");
        (int width, int height) = (codec.Info.Width, codec.Info.Height);
        // The header alone is known here, and memory is taken by what it says.
        if (width is < 1 or > LargestSide || height is < 1 or > LargestSide)
            throw new InputException($"{name} has {width} x {height} pixels; at most {LargestSide} x {LargestSide} are read.");
        var format = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        SKCodecResult result = codec.GetPixels(format, out byte[] pixels);
        if (result != SKCodecResult.Success) throw new InputException($"{name} is damaged or ends too early ({result}).");
        return new(width, height, Grey(pixels));
    }

    /// <summary>The mean brightness along the four edges, where a drawing shows its background.</summary>
    public double BorderBrightness()
    {
        double sum = 0;
        for (int x = 0; x < Width; x++) sum += Brightness[x] + Brightness[^(x + 1)];
        for (int y = 0; y < Height; y++) sum += Brightness[y * Width] + Brightness[(y + 1) * Width - 1];
        return sum / (2 * (Width + Height));
    }

    /// <summary>The picture with 1 for ink and 0 for the background.</summary>
    /// <returns>[side * side]</returns>
    public float[] Ink(bool isInkDark, int side)
    {
        float[] ink = isInkDark ? [.. Brightness.Select(value => 1 - value)] : Brightness;
        return AreaAverage.ToSquare(ink, Width, Height, side);
    }

    // The weights are those of ITU-R BT.601; transparent pixels show white. Whole numbers make white exactly 1.
    private static float[] Grey(byte[] pixels)
    {
        var grey = new float[pixels.Length / 4];
        for (int i = 0; i < grey.Length; i++)
        {
            (int red, int green, int blue, int alpha) = (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]);
            int shade = 299 * red + 587 * green + 114 * blue;
            grey[i] = (float)(((long)shade * alpha + 255_000L * (255 - alpha)) / (255_000.0 * 255));
        }
        return grey;
    }
}
