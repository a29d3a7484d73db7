using System.Numerics;
using MamlRobotics.Tests.Support;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

/// <summary>How an episode looks.</summary>
[Collection(nameof(CountedGl))]
public class EpisodeScreenTests
{
    private static readonly Vector2[] Hook = [new(0.3f, 0.2f), new(0.3f, 0.7f), new(0.5f, 0.8f), new(0.7f, 0.7f)];

    public static TheoryData<int, int> Windows => new() { { 640, 360 }, { 900, 520 }, { 1280, 720 }, { 640, 900 }, { 1920, 1080 } };

    [FactWithOpenGl]
    public void An_episode_looks_as_it_did()
    {
        Check("episode-dark", Theme.Dark, 1280, 720, Still(MadeEpisodes.Adapted(steps: 3), Theme.Dark, 1280, 720));
        Check("episode-metric-light-small", Theme.Light, 640, 360, Still(MadeEpisodes.Adapted(steps: 0), Theme.Light, 640, 360));
        Check("episode-20-ways-light", Theme.Light, 1280, 720, Still(MadeEpisodes.Adapted(steps: 0, ways: 20), Theme.Light, 1280, 720));
    }

    [FactWithOpenGl]
    public void The_window_with_a_drawing_looks_as_it_did()
    {
        Check("episode-drawn-dark", Theme.Dark, 1280, 720, Live(EpisodeHands.Comparing, 1280, 720, Theme.Dark).Drawn());
        Check("episode-drawn-light-small", Theme.Light, 640, 360, Live(EpisodeHands.Fixed, 640, 360, Theme.Light).Drawn());
    }

    [Theory, MemberData(nameof(Windows))]
    public void No_two_letters_cover_each_other(int width, int height)
    {
        Rect all = new(-3, -3, width + 6, height + 6);
        foreach (int steps in new[] { 0, 1, 3, 9 })
            foreach ((int ways, int shots, int queries) in new[] { (5, 1, 5), (2, 1, 3), (20, 1, 5), (5, 5, 15), (100, 2, 2) })
                Letters.AssertApart(
                    Still(MadeEpisodes.Adapted(steps, ways, shots, queries), Theme.Dark, width, height), all,
                    $"{width}x{height}, {steps} steps, {ways} ways, {shots} shots, {queries} queries");
        foreach (EpisodeProblem problem in new[] { EpisodeHands.Fixed, EpisodeHands.Comparing })
            foreach (Key panel in new[] { Key.W, Key.M, Key.D })
            {
                EpisodeHands hands = Live(problem, width, height, Theme.Light);
                hands.Controls.Advance(100);
                hands.Press(panel);
                Letters.AssertApart(hands.Drawn(), all, $"{width}x{height}, live, {panel}");
            }
    }

    [Theory]
    [InlineData(640, 360)]
    [InlineData(1280, 720)]
    public void The_help_can_be_read_in_the_window(int width, int height)
    {
        var brush = new Brush(new Canvas(width, height), Theme.Dark);
        HelpOverlay.Draw(brush, "", EpisodeControls.Looking, EpisodeControls.Drawing);
        Letters.AssertApart(brush.Canvas, new Rect(0, 0, width, height), $"help, {width}x{height}");
        Assert.All(brush.Canvas.Glyphs.Span.ToArray(), glyph => Assert.True(glyph.PixelsPerUnit * StrokeFont.CapHeight >= 7));
    }

    [Fact]
    public void Right_and_wrong_differ_in_more_than_colour()
    {
        // The only picture of a class is right or wrong: a tick is one line of three points, a cross two lines.
        var brush = new Brush(new Canvas(100, 100), Theme.Dark);
        PictureTile.Mark(brush, new(50), isRight: true);
        Vector2[] tick = Points(brush.Canvas);
        brush.Canvas.Begin(100, 100);
        PictureTile.Mark(brush, new(50), isRight: false);
        Assert.NotEqual(tick, Points(brush.Canvas));
        brush.Canvas.Begin(100, 100);
        PictureTile.Frame(brush, new(20, 20, 40, 40), Theme.Dark.Goal);
        Assert.Equal(0, brush.Canvas.Points.Count);
        PictureTile.DashedFrame(brush, new(20, 20, 40, 40), Theme.Dark.Goal);
        Assert.True(brush.Canvas.Points.Count > 40);
        static Vector2[] Points(Canvas canvas) => [.. canvas.Points.Span.ToArray().Select(point => new Vector2(point.X, point.Y))];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.5f)]
    [InlineData(2)]
    public void A_picture_is_drawn_in_whole_pixels_and_keeps_its_ink(float scale)
    {
        float[] pixels = [.. Enumerable.Range(0, 144).Select(i => i % 12 == 5 || i / 12 == 3 ? 1f : 0)];
        foreach (float side in new[] { 8, 24.3f, 61 })
        {
            var canvas = new Canvas(200, 200);
            canvas.Begin(200, 200, scale);
            PictureTile.Draw(new Brush(canvas, Theme.Light), new(10.3f, 20.7f, side, side), pixels, 12);
            BoxInstance[] boxes = canvas.Boxes.Span.ToArray();
            foreach (BoxInstance box in boxes)
                foreach (float edge in new[] { box.CentreX - box.HalfWidth, box.CentreX + box.HalfWidth, box.CentreY - box.HalfHeight })
                    Assert.Equal(MathF.Round(edge * scale), edge * scale, 0.01);
            double Ink(BoxInstance box) => 4 * box.HalfWidth * box.HalfHeight * Darkness(box.Fill);
            double whole = 4 * boxes[0].HalfWidth * boxes[0].HalfHeight;
            Assert.Equal(23.0 / 144, boxes.Skip(1).Sum(Ink) / whole, 0.04);
        }

        static double Darkness(Colour colour) =>
            (double)(Theme.Light.Grid.R - colour.R) / (Theme.Light.Grid.R - Theme.Light.Text.R);
    }

    private static Canvas Still(FewShot.EpisodeAdaptation adaptation, Theme theme, int width, int height)
    {
        var canvas = new Canvas(width, height);
        new EpisodeScreen(new Brush(canvas, theme)).DrawStill(
            EpisodeMoment.End(adaptation), "few-shot classification · MAML",
            "episode 3: 5 ways, 1 shot of made-up rings · runs/rings, iteration 150");
        return canvas;
    }

    /// <summary>A window in which one character has become a class, and is drawn again.</summary>
    private static EpisodeHands Live(EpisodeProblem problem, int width, int height, Theme theme)
    {
        var hands = new EpisodeHands(problem, width, height, theme);
        hands.Press(Key.D, Key.End);
        hands.Draw(Hook);
        hands.Press(Key.Enter);
        hands.Draw(Hook);
        hands.Controls.Advance(100);
        return hands;
    }

    private static void Check(string name, Theme theme, int width, int height, Canvas canvas) =>
        Golden.Check(name, PictureStudio.Draw(canvas, theme.Background, width, height));
}
