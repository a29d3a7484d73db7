using System.Buffers.Binary;
using System.IO.Compression;

namespace MamlRobotics.Viewer;

/// <summary>
/// Writes films as animated PNG, lossless. After the first frame, pixels that did not change are transparent over the
/// previous picture, which is what keeps the file small.
/// </summary>
internal static class ApngFile
{
    private const int BytesPerPixel = 4;

    public static void Write(Stream stream, Clip clip)
    {
        PngChunks.WriteHeader(stream, clip.Width, clip.Height, PngChunks.Rgba);
        PngChunks.Write(stream, "acTL"u8, [.. PngChunks.Big(clip.Frames), .. PngChunks.Big(0)]);
        byte[]? shown = null;
        int sequence = 0;
        foreach (Bitmap frame in clip.All())
        {
            PngChunks.Write(stream, "fcTL"u8, Control(sequence++, clip, isFirst: shown is null));
            byte[] packed = PngChunks.Compress(Rows(frame, shown), CompressionLevel.Optimal);
            if (shown is null) PngChunks.Write(stream, "IDAT"u8, packed);
            else PngChunks.Write(stream, "fdAT"u8, [.. PngChunks.Big(sequence++), .. packed]);
            shown ??= new byte[frame.Pixels.Length];
            frame.Pixels.CopyTo(shown, 0);
        }
        PngChunks.Write(stream, "IEND"u8);
    }

    private static byte[] Control(int sequence, Clip clip, bool isFirst)
    {
        var delay = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(delay, 1);
        BinaryPrimitives.WriteUInt16BigEndian(delay.AsSpan(2), (ushort)clip.FramesPerSecond);
        const byte Keep = 0, Replace = 0, BlendOver = 1;
        return [.. PngChunks.Big(sequence), .. PngChunks.Big(clip.Width), .. PngChunks.Big(clip.Height), .. PngChunks.Big(0), .. PngChunks.Big(0), .. delay, Keep, isFirst ? Replace : BlendOver];
    }

    private static byte[] Rows(Bitmap frame, byte[]? shown)
    {
        var rows = new byte[(BytesPerPixel * frame.Width + 1) * frame.Height];
        byte[] pixels = frame.Pixels;
        int to = 0;
        for (int y = 0, from = 0; y < frame.Height; y++)
        {
            // The first byte of a row is its filter: none, since masked rows are mostly zero already.
            to++;
            for (int x = 0; x < frame.Width; x++, from += 3, to += BytesPerPixel)
            {
                if (shown is not null && pixels.AsSpan(from, 3).SequenceEqual(shown.AsSpan(from, 3))) continue;
                pixels.AsSpan(from, 3).CopyTo(rows.AsSpan(to));
                rows[to + 3] = byte.MaxValue;
            }
        }
        return rows;
    }
}
