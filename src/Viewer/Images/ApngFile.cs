using System.Buffers.Binary;

namespace MamlRobotics.Viewer;

/// <summary>
/// Writes films as animated PNG, which is lossless. Every frame consists of a PNG file's pixels, and of a chunk that says
/// when they are shown. After the first frame, pixels that did not change are transparent over the picture before, which
/// keeps the file small.
/// </summary>
internal static class ApngFile
{
    public static void Write(Stream stream, Clip clip)
    {
        byte[]? shown = null;
        int sequence = 0;
        foreach (Bitmap frame in clip.All())
        {
            byte[] still = PngFile.Difference(frame, shown);
            if (shown is null) Begin(stream, clip, still);
            PngChunks.Write(stream, "fcTL"u8, Control(sequence++, clip, isFirst: shown is null));
            byte[] pixels = PngChunks.Pixels(still);
            if (shown is null) PngChunks.Write(stream, "IDAT"u8, pixels);
            else PngChunks.Write(stream, "fdAT"u8, [.. PngChunks.BigEndian(sequence++), .. pixels]);
            shown ??= new byte[frame.Pixels.Length];
            frame.Pixels.CopyTo(shown, 0);
        }
        PngChunks.Write(stream, "IEND"u8);
    }

    private static void Begin(Stream stream, Clip clip, byte[] still)
    {
        const int PlaysForever = 0;
        stream.Write(PngChunks.Header(still));
        PngChunks.Write(stream, "acTL"u8, [.. PngChunks.BigEndian(clip.Frames), .. PngChunks.BigEndian(PlaysForever)]);
    }

    private static byte[] Control(int sequence, Clip clip, bool isFirst)
    {
        var delay = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(delay, 1);
        BinaryPrimitives.WriteUInt16BigEndian(delay.AsSpan(2), (ushort)clip.FramesPerSecond);
        const byte Keep = 0, Replace = 0, BlendOver = 1;
        return
        [
            .. PngChunks.BigEndian(sequence), .. PngChunks.BigEndian(clip.Width), .. PngChunks.BigEndian(clip.Height),
            .. PngChunks.BigEndian(0), .. PngChunks.BigEndian(0),
            .. delay, Keep, isFirst ? Replace : BlendOver,
        ];
    }
}
