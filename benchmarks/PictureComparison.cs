using System.Diagnostics;
using System.Runtime.InteropServices;
using MamlRobotics.Viewer;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors.Quantization;
using SkiaSharp;

namespace MamlRobotics.Benchmarks;

/// <summary>Encodes the frames of a film by the product's writers and by packages, and prints sizes, times and what colours lose.</summary>
internal sealed class PictureComparison
{
    private const int FramesPerSecond = 25, Stills = 10;

    private readonly Bitmap[] frames;
    private readonly int width, height;

    /// <param name="folder">What `maml render RUN --out FOLDER` writes</param>
    private PictureComparison(string folder)
    {
        frames = [.. Directory.GetFiles(folder, "*.png").Order().Select(file => Read(File.ReadAllBytes(file)))];
        (width, height) = (frames[0].Width, frames[0].Height);
    }

    public static void Print(string folder)
    {
        var comparison = new PictureComparison(folder);
        Header("PNG, for each still");
        comparison.PrintStills();
        Header($"GIF of {comparison.frames.Length} frames");
        comparison.PrintFilms();
    }

    private void PrintStills()
    {
        Still("MamlRobotics: SkiaSharp, no filter", Product);
        Still("SkiaSharp, its choice of filters", frame => Skia(frame, SKPngEncoderFilterFlags.AllFilters));
        Still("ImageSharp, no filter", frame => Sharp(frame, PngFilterMethod.None, PngCompressionLevel.DefaultCompression));
        Still("ImageSharp, its choice of filters", frame => Sharp(frame, PngFilterMethod.Adaptive, PngCompressionLevel.DefaultCompression));
        Still("ImageSharp, no filter, smallest", frame => Sharp(frame, PngFilterMethod.None, PngCompressionLevel.BestCompression));
    }

    private void PrintFilms()
    {
        var (octree, wu) = (new OctreeQuantizer(new() { Dither = null }), new WuQuantizer(new() { Dither = null }));
        Film("MamlRobotics", Product);
        Film("ImageSharp, octree, one palette", () => Sharp(octree, GifColorTableMode.Global, isMasked: false));
        Film("ImageSharp, octree, one palette, unchanged transparent", () => Sharp(octree, GifColorTableMode.Global, isMasked: true));
        Film("ImageSharp, octree, palettes, unchanged transparent", () => Sharp(octree, GifColorTableMode.Local, isMasked: true));
        Film("ImageSharp, Wu, palettes, unchanged transparent", () => Sharp(wu, GifColorTableMode.Local, isMasked: true));
        Film("ImageSharp, octree, one palette, dithered", () => Sharp(new OctreeQuantizer(), GifColorTableMode.Global, isMasked: false));
    }

    private static void Header(string what) =>
        Console.WriteLine($"{what,-56} {"bytes",12} {"ms",8} {"largest error",14} {"mean error",11}");

    private void Still(string name, Func<Bitmap, byte[]> encode)
    {
        Bitmap[] some = [.. Enumerable.Range(0, Stills).Select(still => frames[still * (frames.Length - 1) / (Stills - 1)])];
        encode(some[0]);
        var clock = Stopwatch.StartNew();
        byte[][] files = [.. some.Select(encode)];
        TimeSpan taken = clock.Elapsed / Stills;
        Row(name, (long)files.Average(file => file.Length), taken, [.. files.Select(Read)], some);
    }

    private void Film(string name, Func<byte[]> encode)
    {
        var clock = Stopwatch.StartNew();
        byte[] file = encode();
        TimeSpan taken = clock.Elapsed;
        using Image<Rgb24> film = Image.Load<Rgb24>(file);
        Row(name, file.Length, taken, [.. film.Frames.Cast<ImageFrame<Rgb24>>().Select(Read)], frames);
    }

    private static void Row(string name, long bytes, TimeSpan taken, Bitmap[] encoded, Bitmap[] drawn)
    {
        int largest = 0;
        long sum = 0;
        foreach ((Bitmap one, Bitmap other) in encoded.Zip(drawn))
        {
            for (int i = 0; i < other.Pixels.Length; i++)
            {
                int error = Math.Abs(one.Pixels[i] - other.Pixels[i]);
                (largest, sum) = (Math.Max(largest, error), sum + error);
            }
        }
        double mean = (double)sum / drawn.Length / drawn[0].Pixels.Length;
        FormattableString row = $"{name,-56} {bytes,12:N0} {taken.TotalMilliseconds,8:N0} {largest,14} {mean,11:0.00}";
        Console.WriteLine(FormattableString.Invariant(row));
    }

    private static byte[] Product(Bitmap frame)
    {
        using var file = new MemoryStream();
        PngFile.Write(file, frame);
        return file.ToArray();
    }

    private byte[] Product()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "film.gif");
        void Draw(int frame, Bitmap bitmap) => frames[frame].Pixels.CopyTo(bitmap.Pixels, 0);
        PictureFile.Write(path, new Clip(width, height, frames.Length, FramesPerSecond, Draw));
        return File.ReadAllBytes(path);
    }

    private byte[] Skia(Bitmap frame, SKPngEncoderFilterFlags filters)
    {
        using SKData pixels = SKData.CreateCopy(MemoryMarshal.AsBytes<Rgba32>(Masked(frame, before: null)));
        using var pixmap = new SKPixmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque), pixels.Data, 4 * width);
        using SKData file = pixmap.Encode(new SKPngEncoderOptions(filters, zLibLevel: 6));
        return file.ToArray();
    }

    private byte[] Sharp(Bitmap frame, PngFilterMethod filter, PngCompressionLevel level)
    {
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(frame.Pixels, width, height);
        using var file = new MemoryStream();
        image.Save(file, new PngEncoder { ColorType = PngColorType.Rgb, FilterMethod = filter, CompressionLevel = level });
        return file.ToArray();
    }

    /// <param name="isMasked">Whether pixels that did not change since the frame before are transparent</param>
    private byte[] Sharp(IQuantizer quantizer, GifColorTableMode palettes, bool isMasked)
    {
        using Image<Rgba32> film = Image.LoadPixelData(Masked(frames[0], before: null), width, height);
        for (int i = 1; i < frames.Length; i++)
        {
            using Image<Rgba32> frame = Image.LoadPixelData(Masked(frames[i], isMasked ? frames[i - 1] : null), width, height);
            film.Frames.AddFrame(frame.Frames.RootFrame);
        }
        foreach (ImageFrame frame in film.Frames)
        {
            GifFrameMetadata shown = frame.Metadata.GetGifMetadata();
            (shown.FrameDelay, shown.DisposalMethod) = (100 / FramesPerSecond, GifDisposalMethod.NotDispose);
        }
        using var file = new MemoryStream();
        film.Save(file, new GifEncoder { Quantizer = quantizer, ColorTableMode = palettes });
        return file.ToArray();
    }

    private static Rgba32[] Masked(Bitmap frame, Bitmap? before)
    {
        ReadOnlySpan<Rgb24> pixels = MemoryMarshal.Cast<byte, Rgb24>(frame.Pixels), old = MemoryMarshal.Cast<byte, Rgb24>(before?.Pixels);
        var result = new Rgba32[pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
            if (before is null || pixels[i] != old[i]) result[i] = new Rgba32(pixels[i].R, pixels[i].G, pixels[i].B);
        return result;
    }

    private static Bitmap Read(byte[] still)
    {
        using Image<Rgb24> image = Image.Load<Rgb24>(still);
        return Read(image.Frames.RootFrame);
    }

    private static Bitmap Read(ImageFrame<Rgb24> frame)
    {
        var bitmap = new Bitmap(frame.Width, frame.Height);
        frame.CopyPixelDataTo(MemoryMarshal.Cast<byte, Rgb24>(bitmap.Pixels.AsSpan()));
        return bitmap;
    }
}
