using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Reads PNG and GIF straight from their specifications, sharing nothing with the writers.</summary>
internal static class PictureReader
{
    /// <summary>Every frame of a PNG or animated PNG as it is shown, [frame][3 bytes per pixel].</summary>
    public static (int Width, int Height, List<byte[]> Frames) Png(byte[] file)
    {
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(file.AsSpan(0, 8)));
        int width = 0, height = 0, channels = 0;
        bool over = false, animated = false;
        var frames = new List<byte[]>();
        var packed = new MemoryStream();
        byte[]? shown = null;
        void Finish()
        {
            if (packed.Length == 0) return;
            shown = Apply(Unfilter(packed.ToArray(), width, height, channels), shown, channels, over);
            frames.Add([.. shown]);
            packed.SetLength(0);
        }
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string type = Encoding.ASCII.GetString(file, at + 4, 4);
            ReadOnlySpan<byte> data = file.AsSpan(at + 8, length);
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            if (type == "IHDR") (width, height, channels) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]), data[9] == 6 ? 4 : 3);
            if (type == "acTL") animated = true;
            if (type == "fcTL")
            {
                Finish();
                over = data[25] == 1;
            }
            if (type == "IDAT") packed.Write(data);
            if (type == "fdAT") packed.Write(data[4..]);
            at += length + 12;
        }
        Finish();
        Assert.True(animated || frames.Count == 1);
        return (width, height, frames);
    }

    /// <summary>Every frame of a GIF as it is shown, and all delays together in hundredths of a second.</summary>
    public static (int Width, int Height, List<byte[]> Frames, int Delay) Gif(byte[] file)
    {
        Assert.Equal("GIF89a", Encoding.ASCII.GetString(file, 0, 6));
        int width = Short(file, 6), height = Short(file, 8), colours = 2 << (file[10] & 7), at = 13 + 3 * colours, transparent = -1, delay = 0;
        var frames = new List<byte[]>();
        byte[] shown = new byte[3 * width * height];
        while (file[at] != 0x3B)
        {
            if (file[at] == 0x21)
            {
                if (file[at + 1] == 0xF9) (delay, transparent) = (delay + Short(file, at + 4), (file[at + 3] & 1) != 0 ? file[at + 6] : -1);
                for (at += 2; file[at] != 0; at += file[at] + 1) { }
                at++;
                continue;
            }
            Assert.Equal(0x2C, file[at]);
            (int left, int top, int columns, int rows) = (Short(file, at + 1), Short(file, at + 3), Short(file, at + 5), Short(file, at + 7));
            int bits = file[at + 10];
            var data = new List<byte>();
            for (at += 11; file[at] != 0; at += file[at] + 1) data.AddRange(file.AsSpan(at + 1, file[at]));
            at++;
            byte[] indices = Decompress([.. data], bits);
            Assert.Equal(columns * rows, indices.Length);
            for (int i = 0; i < indices.Length; i++)
                if (indices[i] != transparent) file.AsSpan(13 + 3 * indices[i], 3).CopyTo(shown.AsSpan(3 * ((top + i / columns) * width + left + i % columns)));
            frames.Add([.. shown]);
        }
        return (width, height, frames, delay);
    }

    private static byte[] Apply(byte[] pixels, byte[]? before, int channels, bool over)
    {
        var shown = before is null ? new byte[pixels.Length / channels * 3] : (byte[])before.Clone();
        for (int i = 0; i < pixels.Length / channels; i++)
            if (channels == 3 || !over || pixels[4 * i + 3] != 0) pixels.AsSpan(i * channels, 3).CopyTo(shown.AsSpan(3 * i));
        return shown;
    }

    private static byte[] Unfilter(byte[] packed, int width, int height, int channels)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        int stride = width * channels;
        var pixels = new byte[stride * height];
        for (int y = 0; y < height; y++)
        {
            int filter = zlib.ReadByte();
            zlib.ReadExactly(pixels, y * stride, stride);
            for (int i = 0; i < stride; i++)
            {
                int here = y * stride + i, left = i >= channels ? pixels[here - channels] : 0, up = y > 0 ? pixels[here - stride] : 0, corner = y > 0 && i >= channels ? pixels[here - stride - channels] : 0;
                pixels[here] += (byte)(filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => throw new InvalidDataException($"filter {filter}") });
            }
        }
        Assert.Equal(-1, zlib.ReadByte());
        return pixels;
    }

    /// <summary>Whichever of the three neighbours is nearest to left + up - corner.</summary>
    private static int Paeth(int left, int up, int corner)
    {
        int toLeft = Math.Abs(up - corner), toUp = Math.Abs(left - corner), toCorner = Math.Abs(left + up - 2 * corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static byte[] Decompress(byte[] data, int bits)
    {
        int clear = 1 << bits, size = bits + 1, position = 0;
        var table = new List<byte[]>();
        var output = new List<byte>();
        byte[]? previous = null;
        while (true)
        {
            int code = 0;
            for (int bit = 0; bit < size; bit++, position++) code |= (data[position / 8] >> (position % 8) & 1) << bit;
            if (code == clear)
            {
                table = [.. Enumerable.Range(0, clear).Select(value => new[] { (byte)value }), [], []];
                (size, previous) = (bits + 1, null);
                continue;
            }
            if (code == clear + 1) return [.. output];
            byte[] entry = code < table.Count ? table[code] : [.. previous!, previous![0]];
            output.AddRange(entry);
            if (previous is not null && table.Count < 4096) table.Add([.. previous, entry[0]]);
            if (table.Count == 1 << size && size < 12) size++;
            previous = entry;
        }
    }

    private static int Short(byte[] file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }
        return ~crc;
    }
}
