using System.Buffers.Binary;
using System.Diagnostics;
using SkiaSharp;

namespace MamlRobotics.FewShot.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("maml-data-test-").FullName;

    public string In(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A file in a folder that is made for it.</summary>
    public string Write(byte[] content, params string[] parts)
    {
        string path = In(parts);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>Files made by hand or by other programs, from descriptions of their formats.</summary>
internal static class DataFixtures
{
    /// <summary>An IDX file of bytes.</summary>
    public static byte[] Idx(byte[] numbers, params int[] dimensions)
    {
        var file = new byte[4 + 4 * dimensions.Length + numbers.Length];
        (file[2], file[3]) = (0x08, (byte)dimensions.Length);
        for (int i = 0; i < dimensions.Length; i++) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * i), dimensions[i]);
        numbers.CopyTo(file, 4 + 4 * dimensions.Length);
        return file;
    }

    /// <summary>A picture of grey values as PNG or JPEG.</summary>
    public static byte[] Encoded(byte[,] grey, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        (int height, int width) = (grey.GetLength(0), grey.GetLength(1));
        using var bitmap = new SKBitmap(width, height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) bitmap.SetPixel(x, y, new SKColor(grey[y, x], grey[y, x], grey[y, x]));
        using SKData data = bitmap.Encode(format, quality: 100);
        return data.ToArray();
    }

    /// <summary>Black ink on white: a bar at one of the places.</summary>
    public static byte[] Bar(int at, int side = 12)
    {
        var grey = new byte[side, side];
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++) grey[y, x] = (byte)(x == at && y > 1 && y < side - 2 ? 0 : 255);
        return Encoded(grey);
    }

    public static void Run(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }

    /// <summary>Whether every picture has its size and values from 0 to 1.</summary>
    public static void AssertWellFormed(ImageSet set)
    {
        Assert.NotEmpty(set.Classes);
        Assert.All(set.Classes.SelectMany(one => one.Images), image =>
        {
            Assert.Equal(set.Side * set.Side, image.Length);
            Assert.InRange(image.Min(), 0, 1);
            Assert.InRange(image.Max(), 0, 1);
        });
    }
}
