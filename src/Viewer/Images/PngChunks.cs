using System.Buffers.Binary;
using System.IO.Hashing;

namespace MamlRobotics.Viewer;

/// <summary>The chunks that a PNG file is made of (W3C, third edition), since SkiaSharp writes no animated ones.</summary>
internal static class PngChunks
{
    private const int Signature = 8, Length = 4, Type = 4, Checksum = 4, HeaderData = 13;

    /// <summary>A file's signature and its first chunk, which holds size and format.</summary>
    public static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> file) => file[..(Signature + Length + Type + HeaderData + Checksum)];

    /// <summary>A file's compressed pixels, collected from all their chunks.</summary>
    public static byte[] Pixels(ReadOnlySpan<byte> file)
    {
        using var pixels = new MemoryStream();
        for (int at = Signature; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            ReadOnlySpan<byte> typeAndData = file.Slice(at + Length, Type + length);
            if (typeAndData.StartsWith("IDAT"u8)) pixels.Write(typeAndData[Type..]);
            at += Length + typeAndData.Length + Checksum;
        }
        return pixels.ToArray();
    }

    public static void Write(Stream stream, ReadOnlySpan<byte> type, params ReadOnlySpan<byte> data)
    {
        stream.Write(BigEndian(data.Length));
        byte[] typeAndData = [.. type, .. data];
        stream.Write(typeAndData);
        stream.Write(BigEndian((int)Crc32.HashToUInt32(typeAndData)));
    }

    public static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
