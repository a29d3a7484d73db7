using MamlRobotics.Envs;
using SkiaSharp;

namespace MamlRobotics.Viewer;

/// <summary>Writes single pictures as PNG, which is lossless, by SkiaSharp.</summary>
public static class PngFile
{
    private const int BytesPerPixel = 4;

    // Even areas and thin lines are smaller without filters, by a tenth: docs/decisions/0008-pictures.md.
    private static readonly SKPngEncoderOptions Options = new(SKPngEncoderFilterFlags.None, zLibLevel: 6);

    public static void Write(string path, Bitmap bitmap) => AtomicFile.Write(path, stream => Write(stream, bitmap));

    public static void Write(Stream stream, Bitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(bitmap);
        stream.Write(Encode(bitmap, bitmap.WithAlpha(shown: null), SKAlphaType.Opaque));
    }

    /// <summary>A whole file in which the pixels that the picture before already shows are transparent.</summary>
    /// <param name="shown">The pixels of the picture before; null where there is none</param>
    internal static byte[] Difference(Bitmap bitmap, byte[]? shown) => Encode(bitmap, bitmap.WithAlpha(shown), SKAlphaType.Unpremul);

    private static byte[] Encode(Bitmap bitmap, byte[] pixels, SKAlphaType alpha)
    {
        using SKData source = SKData.CreateCopy(pixels);
        var format = new SKImageInfo(bitmap.Width, bitmap.Height, SKColorType.Rgba8888, alpha);
        using var pixmap = new SKPixmap(format, source.Data, BytesPerPixel * bitmap.Width);
        using SKData file = pixmap.Encode(Options);
        return file.ToArray();
    }

    /// <summary>Red, green, blue and alpha of each pixel; all zero where nothing has changed.</summary>
    private static byte[] WithAlpha(this Bitmap bitmap, byte[]? shown)
    {
        byte[] pixels = bitmap.Pixels, result = new byte[pixels.Length / 3 * BytesPerPixel];
        for (int from = 0, to = 0; from < pixels.Length; from += 3, to += BytesPerPixel)
        {
            if (shown is not null && pixels.AsSpan(from, 3).SequenceEqual(shown.AsSpan(from, 3))) continue;
            pixels.AsSpan(from, 3).CopyTo(result.AsSpan(to));
            result[to + 3] = byte.MaxValue;
        }
        return result;
    }
}
