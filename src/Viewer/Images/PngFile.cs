using System.IO.Compression;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>Writes stills as PNG, true colour.</summary>
public static class PngFile
{
    private const byte FilterSub = 1, FilterUp = 2;
    private const int BytesPerPixel = 3;

    public static void Write(string path, Bitmap bitmap) => AtomicFile.Write(path, stream => Write(stream, bitmap));

    public static void Write(Stream stream, Bitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        PngChunks.WriteHeader(stream, bitmap.Width, bitmap.Height, PngChunks.Rgb);
        PngChunks.Write(stream, "IDAT"u8, PngChunks.Compress(Filter(bitmap), CompressionLevel.Optimal));
        PngChunks.Write(stream, "IEND"u8);
    }

    /// <summary>Each row as differences to its left or upper neighbours, whichever are smaller, which compresses better.</summary>
    internal static byte[] Filter(Bitmap bitmap)
    {
        int stride = BytesPerPixel * bitmap.Width;
        var rows = new byte[(stride + 1) * bitmap.Height];
        byte[] left = new byte[stride], up = new byte[stride];
        ReadOnlySpan<byte> above = new byte[stride];
        for (int y = 0; y < bitmap.Height; y++)
        {
            ReadOnlySpan<byte> row = bitmap.Pixels.AsSpan(y * stride, stride);
            int leftSize = 0, upSize = 0;
            for (int i = 0; i < stride; i++)
            {
                left[i] = (byte)(row[i] - (i < BytesPerPixel ? 0 : row[i - BytesPerPixel]));
                up[i] = (byte)(row[i] - above[i]);
                leftSize += Math.Abs((int)(sbyte)left[i]);
                upSize += Math.Abs((int)(sbyte)up[i]);
            }
            int to = y * (stride + 1);
            rows[to] = leftSize <= upSize ? FilterSub : FilterUp;
            (leftSize <= upSize ? left : up).CopyTo(rows, to + 1);
            above = row;
        }
        return rows;
    }
}
