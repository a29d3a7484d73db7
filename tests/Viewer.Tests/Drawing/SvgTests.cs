using System.Diagnostics;
using System.Xml.Linq;
using MamlRobotics.MetaRL;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Viewer.Tests;

public class SvgTests
{
    private const int Width = 1280, Height = 560;

    private static readonly RecordedRun[] Runs =
    [
        MadeRuns.Run("maml-1", 1, i => -20 - i % 3, evaluation: [-40, -9, -3]),
        MadeRuns.Run("maml-2", 2, i => -20 - i % 5, evaluation: [-41, -8, -2]),
        MadeRuns.Run("<promp> & \"co\"", 1, i => -25.0 + 0.1 * i, evaluation: [-42, -12, -5], learningRate: 2),
    ];

    [Fact]
    public void It_is_xml_whose_every_reference_is_defined_and_holds_every_line_of_the_canvas()
    {
        Canvas canvas = PlotTests.Drawn(Runs, Width, Height);
        XDocument picture = XDocument.Parse(SvgPicture.Of(canvas, Theme.Dark.Background, "<&>"));
        string[] defined = [.. picture.Descendants().Attributes("id").Select(id => "#" + id.Value)];
        IEnumerable<string> glyphs = picture.Descendants().Attributes("href").Select(link => link.Value);
        IEnumerable<string> clips = picture.Descendants().Attributes("clip-path").Select(link => link.Value[4..^1]);
        string[] used = [.. glyphs, .. clips];
        Assert.Equal(defined.Order(), used.Distinct().Order());
        IEnumerable<XElement> lines = picture.Descendants().Where(element => element.Name.LocalName == "polyline");
        string[] drawn = [.. lines.SelectMany(line => line.Attribute("points")!.Value.Split(' '))];
        // The pen is lifted once and put down once for each path.
        int paths = canvas.Points.Span.ToArray().Count(point => point.Width < 0);
        Assert.Equal(canvas.Points.Count - 2 * paths, drawn.Length);
        Assert.Equal(canvas.Glyphs.Count, picture.Descendants().Count(element => element.Name.LocalName == "use"));
    }

    /// <summary>More than its width in points cannot be seen of a curve, but each of its peaks can.</summary>
    [Fact]
    public void A_long_training_makes_a_small_picture_that_shows_every_peak()
    {
        const int Iterations = 50_000, Peak = 31_234;
        static double Curve(int i, int seed) =>
            i == Peak ? 30 : i == Peak + 1 ? -90 : -40 + 30.0 * i / Iterations + Math.Sin(i * seed);
        static RecordedRun Long(int seed) => MadeRuns.Run($"long-{seed}", seed, i => Curve(i, seed), Iterations);
        static RecordedRun Short(int seed) => MadeRuns.Run($"long-{seed}", seed, i => i == 3 ? 30 : i == 4 ? -90 : -25, 5);
        Canvas canvas = PlotTests.Drawn([.. Enumerable.Range(1, 3).Select(Long)], Width, Height);
        string picture = SvgPicture.Of(canvas, Theme.Dark.Background, "plot");
        Assert.InRange(picture.Length, 10_000, 500_000);

        Canvas few = PlotTests.Drawn([.. Enumerable.Range(1, 3).Select(Short)], Width, Height);
        Assert.Equal(Ends(few), Ends(canvas));

        static (float Highest, float Lowest) Ends(Canvas canvas)
        {
            float[] heights = [.. canvas.Points.Span.ToArray().Where(point => point.Width > 2).Select(point => MathF.Round(point.Y))];
            return (heights.Min(), heights.Max());
        }
    }

    [FactWithOpenGl("rsvg-convert")]
    public void Another_program_draws_it_as_opengl_does()
    {
        foreach (Theme theme in new[] { Theme.Dark, Theme.Light })
        {
            Canvas canvas = PlotTests.Drawn(Runs, Width, Height, theme);
            string folder = Directory.CreateTempSubdirectory().FullName;
            string svg = Path.Combine(folder, "a.svg"), png = Path.Combine(folder, "a.png");
            File.WriteAllText(svg, SvgPicture.Of(canvas, theme.Background, "plot"));
            using (Process process = Process.Start("rsvg-convert", [svg, "-o", png])) process.WaitForExit();
            byte[] pixels = PictureReader.Png(File.ReadAllBytes(png)).Pixels;
            Bitmap own = PictureStudio.Draw(canvas, theme.Background, Width, Height);
            int different = 0;
            for (int i = 0; i < pixels.Length; i++)
                if (Math.Abs(pixels[i] - own.Pixels[i]) > 60) different++;
            // Both soften edges in their own way; a shape that is missing or elsewhere changes far more.
            Assert.True(different < pixels.Length / 200, $"{different} of {pixels.Length} values differ");
        }
    }

    [FactWithOpenGl]
    public void A_band_covers_its_area_once_across_its_joints()
    {
        var canvas = new Canvas(100, 60);
        Colour half = Theme.Dark.Text.Fade(0.5);
        canvas.Band(new(10.3f, 20, 40, half), new(47.7f, 10, 40, half));
        canvas.Band(new(47.7f, 10, 40, half), new(90, 20, 40, half));
        Bitmap bitmap = PictureStudio.Draw(canvas, new Colour(0, 0, 0), 100, 60);
        Colour inside = bitmap[30, 30];
        Assert.InRange(inside.R, Theme.Dark.Text.R / 2 - 2, Theme.Dark.Text.R / 2 + 2);
        for (int x = 11; x < 90; x++) Assert.Equal(inside, bitmap[x, 30]);
        (int X, int Y)[] outside = [(9, 30), (91, 30), (50, 8), (50, 41), (12, 16), (88, 16)];
        Assert.All(outside, point => Assert.Equal(new Colour(0, 0, 0), bitmap[point.X, point.Y]));
    }
}
