using System.Diagnostics;
using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Viewer.Tests;

public class ImageTests
{
    private const int Width = 61, Height = 37, Frames = 9, FramesPerSecond = 30;

    // Few colours, so that a palette loses nothing; a bar that moves over noise, so that compression has work.
    private static readonly Clip Film = new(Width, Height, Frames, FramesPerSecond, (frame, bitmap) =>
    {
        RandomStream noise = RandomStream.FromSeed(1);
        for (int i = 0; i < Width * Height; i++)
        {
            byte value = (byte)(noise.Uniform(i) < 0.5 ? 0 : i % Width == frame * 5 ? 255 : 4 * (int)(noise.Uniform(i) * 40));
            (bitmap.Pixels[3 * i], bitmap.Pixels[3 * i + 1], bitmap.Pixels[3 * i + 2]) = (value, (byte)(value / 8 * 4), 0);
        }
    });

    [Fact]
    public void A_png_gives_back_every_pixel()
    {
        using var stream = new MemoryStream();
        Bitmap first = Film.All().First();
        PngFile.Write(stream, first);
        (int width, int height, byte[] pixels) = PictureReader.Png(stream.ToArray());
        Assert.Equal((Width, Height), (width, height));
        Assert.Equal(first.Pixels, pixels);
    }

    [Fact]
    public void An_animated_png_gives_back_every_pixel_of_every_frame()
    {
        using var stream = new MemoryStream();
        ApngFile.Write(stream, Film);
        (int width, int height, List<byte[]> frames) = PictureReader.Apng(stream.ToArray());
        Assert.Equal((Width, Height, Frames), (width, height, frames.Count));
        foreach ((int index, Bitmap frame) in Film.All().Index()) Assert.Equal(frame.Pixels, frames[index]);
    }

    [Fact]
    public void A_gif_keeps_the_length_of_the_film_and_few_colours_exactly()
    {
        using var stream = new MemoryStream();
        GifFile.Write(stream, Film);
        (int width, int height, List<byte[]> frames, int delay) = PictureReader.Gif(stream.ToArray());
        Assert.Equal((Width, Height, Frames), (width, height, frames.Count));
        Assert.Equal((int)Math.Round(100.0 * Frames / FramesPerSecond), delay);
        foreach ((int index, Bitmap frame) in Film.All().Index()) Assert.Equal(frame.Pixels, frames[index]);
    }

    [FactWith("ffprobe")]
    public void Ffprobe_finds_every_frame_at_its_size_and_for_its_time()
    {
        foreach ((string name, double exactness) in new[] { ("film.gif", 0.01), ("film.apng", 1e-4) })
        {
            string path = Written(name);
            Assert.Equal($"{Width},{Height},{Frames}", SizeAndFrames(path));
            string[] times = Run("ffprobe", "-v", "error", "-show_entries", "packet=pts_time", "-of", "csv=p=0", path).Split('\n');
            double[] shown = [.. times.Select(line => double.Parse(line.TrimEnd(','), CultureInfo.InvariantCulture))];
            Assert.Equal(Frames, shown.Length);
            for (int i = 0; i < Frames; i++) Assert.Equal((double)i / FramesPerSecond, shown[i], exactness);
        }
    }

    [FactWith("ffmpeg")]
    public void Ffmpeg_decodes_what_was_drawn()
    {
        foreach (string name in new[] { "film.png", "film.apng", "film.gif" })
        {
            string path = Written(name), decoded = path + ".rgb";
            Run("ffmpeg", "-v", "error", "-i", path, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", decoded);
            IEnumerable<Bitmap> frames = Film.All().Skip(name == "film.png" ? Frames - 1 : 0);
            byte[] pixels = File.ReadAllBytes(decoded), drawn = [.. frames.SelectMany(frame => frame.Pixels.ToArray())];
            Assert.Equal(drawn, pixels);
        }
    }

    [FactWith("pngcheck")]
    public void Pngcheck_finds_nothing_wrong()
    {
        // It knows nothing of the animation's chunks but their checksums.
        foreach (string name in new[] { "still.png", "film.apng" }) Assert.StartsWith("OK:", Run("pngcheck", Written(name)));
    }

    [FactWith("ffmpeg")]
    public void An_mp4_has_every_frame_at_an_even_size()
    {
        string path = Written("film.mp4");
        Assert.Equal($"{Width + 1},{Height + 1},{Frames}", SizeAndFrames(path));
    }

    private static string SizeAndFrames(string path) => Run(
        "ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=width,height,nb_read_frames", "-of", "csv=p=0", path);

    [FactWith("ffmpeg")]
    public void A_film_that_fails_on_the_way_leaves_what_was_there()
    {
        foreach (string name in new[] { "film.gif", "film.apng", "film.mp4" })
        {
            string folder = Directory.CreateTempSubdirectory().FullName, path = Path.Combine(folder, name);
            File.WriteAllText(path, "an older film");
            Clip failing = Film with { Draw = (frame, bitmap) => throw new InvalidDataException("no frame") };
            Assert.Throws<InvalidDataException>(() => PictureFile.Write(path, failing));
            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Equal("an older film", File.ReadAllText(path));
        }
    }

    [Fact]
    public void A_folder_holds_a_still_for_every_frame()
    {
        string path = Written("frames");
        Assert.Equal(Frames, Directory.GetFiles(path, "frame*.png").Length);
    }

    [Theory]
    [InlineData("film.jpg", ".jpg")]
    [InlineData("no/such/folder/film.gif", "folder")]
    public void A_file_that_cannot_be_written_is_refused_in_one_line(string name, string says)
    {
        var refusal = Assert.Throws<InputException>(() => PictureFile.Check(name));
        Assert.Contains(says, refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private static string Written(string name)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, name);
        PictureFile.Write(path, Film);
        return path;
    }

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }
}
