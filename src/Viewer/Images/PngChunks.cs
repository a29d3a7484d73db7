using System.Buffers.Binary;
using System.IO.Compression;

namespace MamlRobotics.Viewer;

/// <summary>The chunks that PNG and APNG are made of (W3C, Portable Network Graphics, third edition).</summary>
internal static class PngChunks
{
    public const byte Rgb = 2, Rgba = 6;

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(value =>
    {
        uint crc = (uint)value;
        for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        return crc;
    })];

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static void Write(Stream stream, ReadOnlySpan<byte> type, params ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        stream.Write(number);
    }

    public static void WriteHeader(Stream stream, int width, int height, byte colourType)
    {
        stream.Write(Signature);
        Write(stream, "IHDR"u8, [.. Big(width), .. Big(height), 8, colourType, 0, 0, 0]);
    }

    public static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Compress(ReadOnlySpan<byte> data, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, level, leaveOpen: true)) zlib.Write(data);
        return packed.ToArray();
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data) crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc;
    }
}
