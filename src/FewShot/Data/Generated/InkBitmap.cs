using SkiaSharp;

namespace MamlRobotics.FewShot;

/// <summary>Pictures that SkiaSharp draws.</summary>
internal static class InkBitmap
{
    /// <param name="draw">Draws in pixels, from (0, 0) at the upper left</param>
    /// <returns>[side * side], 1 for ink</returns>
    public static float[] Drawn(int side, Action<SKCanvas, SKPaint> draw)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Alpha8, SKAlphaType.Premul));
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { IsAntialias = true, Color = SKColors.Black };
        canvas.Clear(SKColors.Transparent);
        draw(canvas, paint);
        canvas.Flush();
        ReadOnlySpan<byte> pixels = bitmap.GetPixelSpan();
        var picture = new float[side * side];
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++) picture[y * side + x] = pixels[y * bitmap.RowBytes + x] / 255f;
        return picture;
    }
}
