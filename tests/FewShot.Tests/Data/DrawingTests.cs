using System.Numerics;

namespace MamlRobotics.FewShot.Tests;

/// <summary>Drawings that become pictures like those of a data set.</summary>
public class DrawingTests
{
    private const int Side = 28;

    private static readonly ImageSet Characters =
        StrokeCharacters.Set("characters", Side, firstClass: 0, classes: 20, imagesPerClass: 5, seed: 0);

    // A cross, small and in a corner of the pad.
    private static readonly Drawing Cross =
        new([[new(0.02f, 0.02f), new(0.12f, 0.22f)], [new(0.12f, 0.02f), new(0.07f, 0.12f), new(0.02f, 0.22f)]]);

    [Fact]
    public void A_drawing_lies_where_the_data_lie_and_is_as_large_as_they_can_be()
    {
        InkConvention convention = InkConvention.Of(Characters);
        (Vector2 middle, float longer) = Box(convention.Picture(Cross, Side));
        Assert.Equal(convention.Centre.X, middle.X, 0.03);
        Assert.Equal(convention.Centre.Y, middle.Y, 0.03);
        // It is smaller than nearly all characters, so that it becomes as large as a small one.
        Assert.Equal(convention.Smallest, longer, 0.06);
        (_, float ofLarge) = Box(convention.Picture(Scaled(Cross, 4), Side));
        Assert.InRange(ofLarge, convention.Smallest, convention.Largest + 0.04f);
        Assert.True(ofLarge > longer);
    }

    [Fact]
    public void The_place_on_the_pad_does_not_matter()
    {
        InkConvention convention = InkConvention.Of(Characters);
        var moved = new Drawing([.. Cross.Strokes.Select(stroke => stroke.Select(point => point + new Vector2(0.6f, 0.3f)).ToArray())]);
        foreach ((float one, float other) in convention.Picture(Cross, Side).Zip(convention.Picture(moved, Side)))
            Assert.Equal(one, other, 0.02);
    }

    [Theory]
    [InlineData(0.035f)]
    [InlineData(0.06f)]
    [InlineData(0.1f)]
    public void Lines_are_as_thick_as_those_of_the_data(float pen)
    {
        // The data are one line of that thickness; a line that is drawn along it becomes the same picture.
        float[] line = new float[Side * Side];
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
            {
                Vector2 at = new((x + 0.5f) / Side, (y + 0.5f) / Side), near = new(Math.Clamp(at.X, 0.2f, 0.8f), 0.5f);
                line[y * Side + x] = Math.Clamp((pen / 2 - Vector2.Distance(at, near)) * Side + 0.5f, 0, 1);
            }
        InkConvention convention = InkConvention.Of(new("line", Side, [new("group", "line", [line])]));
        float[] drawn = convention.Picture(new([[new(0.1f, 0.3f), new(0.7f, 0.3f)]]), Side);
        Assert.Equal(line.Sum(), drawn.Sum(), 0.15 * line.Sum());
    }

    [Fact]
    public void A_click_is_a_dot()
    {
        float[] dot = InkConvention.Of(Characters).Picture(new([[new(0.1f, 0.1f)]]), Side);
        Assert.True(dot.Sum() > 0.5);
        Assert.Equal(0.5f, Box(dot).Middle.X, 0.1);
    }

    [Fact]
    public void Data_without_ink_and_pads_of_another_size_are_no_trouble()
    {
        InkConvention blank = InkConvention.Of(new("blank", 8, [new("group", "blank", [new float[64]])]));
        float[] picture = blank.Picture(Cross, 16);
        Assert.Equal(256, picture.Length);
        Assert.All(picture, ink => Assert.InRange(ink, 0, 1));
        Assert.Contains(picture, ink => ink > 0.1);
    }

    private static Drawing Scaled(Drawing drawing, float factor) =>
        new([.. drawing.Strokes.Select(stroke => stroke.Select(point => factor * point).ToArray())]);

    private static (Vector2 Middle, float Longer) Box(float[] picture)
    {
        int[] inked = [.. Enumerable.Range(0, picture.Length).Where(pixel => picture[pixel] > 0.25f)];
        (int left, int right) = (inked.Min(pixel => pixel % Side), inked.Max(pixel => pixel % Side) + 1);
        (int top, int bottom) = (inked.Min() / Side, inked.Max() / Side + 1);
        return (new Vector2(left + right, top + bottom) / (2 * Side), Math.Max(right - left, bottom - top) / (float)Side);
    }
}
