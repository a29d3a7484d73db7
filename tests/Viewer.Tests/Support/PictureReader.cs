using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using SkiaSharp;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Reads pictures by SkiaSharp, which shares nothing with the writers of films.</summary>
internal static class PictureReader
{
    private const int Signature = 8, ChunkFrame = 12;

    /// <summary>Three bytes per pixel.</summary>
    public static (int Width, int Height, byte[] Pixels) Png(byte[] file)
    {
        using SKBitmap bitmap = Decode(file);
        return (bitmap.Width, bitmap.Height, Over(bitmap, before: null));
    }

    /// <summary>Every frame of an animated PNG as it is shown. SkiaSharp reads single pictures only, so each frame is made one.</summary>
    public static (int Width, int Height, List<byte[]> Frames) Apng(byte[] file)
    {
        (string Type, byte[] Data)[] chunks = [.. Chunks(file)];
        Assert.Equal(["IHDR", "acTL", "fcTL", "IDAT"], chunks.Take(4).Select(chunk => chunk.Type));
        Assert.Equal("IEND", chunks[^1].Type);
        (string Type, byte[] Data)[] numbered = [.. chunks.Where(chunk => chunk.Type is "fcTL" or "fdAT")];
        Assert.Equal(Enumerable.Range(0, numbered.Length), numbered.Select(chunk => BinaryPrimitives.ReadInt32BigEndian(chunk.Data)));
        byte[][] pixels =
        [
            .. chunks.Where(chunk => chunk.Type is "IDAT" or "fdAT").Select(chunk => chunk.Type == "IDAT" ? chunk.Data : chunk.Data[4..]),
        ];
        bool[] isOver = [.. chunks.Where(chunk => chunk.Type == "fcTL").Select(chunk => chunk.Data[25] == 1)];
        Assert.Equal(pixels.Length, isOver.Length);
        Assert.Equal(pixels.Length, BinaryPrimitives.ReadInt32BigEndian(chunks[1].Data));
        var frames = new List<byte[]>();
        foreach ((byte[] part, bool over) in pixels.Zip(isOver))
        {
            byte[] png = [.. file.AsSpan(0, Signature), .. Chunk("IHDR", chunks[0].Data), .. Chunk("IDAT", part), .. Chunk("IEND", [])];
            using SKBitmap still = Decode(png);
            frames.Add(Over(still, over ? frames[^1] : null));
        }
        return (BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data), BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data.AsSpan(4)), frames);
    }

    /// <summary>Every frame of a GIF as it is shown, and all delays together in hundredths of a second.</summary>
    public static (int Width, int Height, List<byte[]> Frames, int Delay) Gif(byte[] file)
    {
        using SKData data = SKData.CreateCopy(file);
        using SKCodec codec = SKCodec.Create(data);
        using var shown = new SKBitmap(codec.Info.WithColorType(SKColorType.Rgba8888).WithAlphaType(SKAlphaType.Unpremul));
        var frames = new List<byte[]>();
        for (int frame = 0; frame < codec.FrameCount; frame++)
        {
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(shown.Info, shown.GetPixels(), new SKCodecOptions(frame, frame - 1)));
            frames.Add(Over(shown, before: null));
        }
        return (shown.Width, shown.Height, frames, codec.FrameInfo.Sum(frame => frame.Duration) / 10);
    }

    private static SKBitmap Decode(byte[] png)
    {
        using SKData data = SKData.CreateCopy(png);
        using SKCodec codec = SKCodec.Create(data);
        Assert.Equal(SKEncodedImageFormat.Png, codec.EncodedFormat);
        var bitmap = new SKBitmap(codec.Info.WithColorType(SKColorType.Rgba8888).WithAlphaType(SKAlphaType.Unpremul));
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(bitmap.Info, bitmap.GetPixels()));
        return bitmap;
    }

    private static byte[] Over(SKBitmap bitmap, byte[]? before)
    {
        ReadOnlySpan<byte> pixels = bitmap.GetPixelSpan();
        byte[] shown = before is null ? new byte[pixels.Length / 4 * 3] : [.. before];
        for (int i = 0; i < pixels.Length / 4; i++)
            if (pixels[4 * i + 3] != 0) pixels.Slice(4 * i, 3).CopyTo(shown.AsSpan(3 * i));
        return shown;
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        for (int at = Signature; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string type = Encoding.ASCII.GetString(file, at + 4, 4);
            byte[] data = file[(at + 8)..(at + 8 + length)];
            Assert.Equal(Chunk(type, data), file[at..(at + length + ChunkFrame)]);
            yield return (type, data);
            at += length + ChunkFrame;
        }
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc32.HashToUInt32(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }
}
