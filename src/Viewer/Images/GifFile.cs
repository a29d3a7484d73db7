using System.Buffers.Binary;

namespace MamlRobotics.Viewer;

/// <summary>
/// Writes films as GIF (version 89a) with one palette. A frame holds only the rectangle that changed, and in that
/// rectangle unchanged pixels are transparent.
/// </summary>
internal static class GifFile
{
    private const int PaletteSize = 256, SampledFrames = 12;
    private const byte Transparent = PaletteSize - 1;

    public static void Write(Stream stream, Clip clip)
    {
        var palette = new Palette(Samples(clip), PaletteSize - 1);
        stream.Write("GIF89a"u8);
        const byte GlobalTableOf256 = 0xF7;
        stream.Write([.. LittleEndian(clip.Width), .. LittleEndian(clip.Height), GlobalTableOf256, 0, 0]);
        for (int i = 0; i < PaletteSize; i++)
        {
            Colour colour = i < palette.Colours.Count ? palette.Colours[i] : default;
            stream.Write([colour.R, colour.G, colour.B]);
        }
        stream.Write([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);
        byte[] shown = [], indices = new byte[clip.Width * clip.Height];
        int delayed = 0, frame = 0;
        foreach (Bitmap bitmap in clip.All())
        {
            for (int i = 0; i < indices.Length; i++) indices[i] = palette.IndexOf(bitmap.Pixels.AsSpan(3 * i));
            // Delays are whole hundredths of a second. The remainder is carried on, so that the film keeps its length.
            int until = (int)Math.Round(100.0 * ++frame / clip.FramesPerSecond);
            WriteFrame(stream, clip, indices, shown, until - delayed);
            delayed = until;
            if (shown.Length == 0) shown = new byte[indices.Length];
            indices.CopyTo(shown, 0);
        }
        stream.WriteByte(0x3B);
    }

    private static IEnumerable<Bitmap> Samples(Clip clip)
    {
        int count = Math.Min(SampledFrames, clip.Frames);
        for (int sample = 0; sample < count; sample++)
        {
            var bitmap = new Bitmap(clip.Width, clip.Height);
            clip.Draw(sample * (clip.Frames - 1) / Math.Max(1, count - 1), bitmap);
            yield return bitmap;
        }
    }

    private static void WriteFrame(Stream stream, Clip clip, byte[] indices, byte[] shown, int delay)
    {
        bool isFirst = shown.Length == 0;
        (int left, int top, int right, int bottom) =
            isFirst ? (0, 0, clip.Width, clip.Height) : ChangedArea(indices, shown, clip.Width);
        const byte KeepAndTransparent = 0x05;
        stream.Write([0x21, 0xF9, 4, KeepAndTransparent, .. LittleEndian(delay), Transparent, 0]);
        stream.Write([0x2C, .. LittleEndian(left), .. LittleEndian(top), .. LittleEndian(right - left), .. LittleEndian(bottom - top), 0]);
        var part = new byte[(right - left) * (bottom - top)];
        int to = 0;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                int at = y * clip.Width + x;
                part[to++] = !isFirst && shown[at] == indices[at] ? Transparent : indices[at];
            }
        }
        GifCompression.Write(stream, part);
    }

    /// <summary>The smallest rectangle around all changes. Where nothing changed it is one pixel, since a frame may not be empty.</summary>
    private static (int Left, int Top, int Right, int Bottom) ChangedArea(byte[] indices, byte[] shown, int width)
    {
        (int left, int top, int right, int bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        for (int at = 0; at < indices.Length; at++)
        {
            if (indices[at] == shown[at]) continue;
            (int x, int y) = (at % width, at / width);
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x + 1), Math.Min(top, y), Math.Max(bottom, y + 1));
        }
        return right == 0 ? (0, 0, 1, 1) : (left, top, right, bottom);
    }

    private static byte[] LittleEndian(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }
}
