using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

public sealed class ImageSetTests
{
    private const int Side = 14;

    [Fact]
    public void AStrokeCharacterDependsOnItsNumbersAlone()
    {
        ImageSet set = ImageSets.Open("strokes", Side);
        // Backwards, and by several threads.
        float[][] drawn = [.. Enumerable.Range(0, 400).Reverse().AsParallel().AsOrdered()
            .Select(i => StrokeCharacters.Draw(seed: 0, i / 20, i % 20, Side)).Reverse()];

        Assert.All(drawn.Index(), one => Assert.Equal(set.Classes[one.Index / 20].Images[one.Index % 20], one.Item));
        Assert.Equal(200 * 20, set.Classes.SelectMany(one => one.Images).Select(image => string.Join(' ', image)).Distinct().Count());
        Assert.NotEqual(drawn[0], StrokeCharacters.Draw(seed: 1, 0, 0, Side));
        DataFixtures.AssertWellFormed(set);
    }

    /// <summary>Drawings of one character are nearer to each other than to those of others, or nothing could be learned.</summary>
    [Fact]
    public void DrawingsOfACharacterAreAlike()
    {
        ImageClass[] classes = [.. ImageSets.Open("strokes-test", Side).Classes.Take(20)];
        int right = classes.Index().Sum(item => item.Item.Images.Skip(1).Count(image =>
            classes.Index().MinBy(other => Distance(image, other.Item.Images[0])).Index == item.Index));

        // Of twenty classes chance would find one in twenty.
        Assert.InRange(right / (20.0 * 19), 0.3, 1);
    }

    [Fact]
    public void FourQuarterTurnsAreTheIdentity()
    {
        ImageSet set = new("one", 3, [new("g", "a", [[1, 2, 3, 4, 5, 6, 7, 8, 9]])]), turned = set.WithRotations();

        Assert.Equal([3, 6, 9, 2, 5, 8, 1, 4, 7], turned.Classes[1].Images[0]);
        ImageSet last = turned.Where("last", one => one.Name.EndsWith("by 270 degrees", StringComparison.Ordinal)).WithRotations();
        Assert.Equal(set.Classes[0].Images[0], last.Classes[1].Images[0]);
        Assert.Equal(4, turned.Classes.Select(one => one.Name).Distinct().Count());
    }

    [Fact]
    public void PartsShareNothingAndMakeUpTheWhole()
    {
        string[] Names(string part) => [.. ImageSets.Open("strokes" + part, Side).Classes.Select(one => $"{one.Group}/{one.Name}")];
        string[][] parts = [Names("@0-60"), Names("@60-80"), Names("@80-100")];

        Assert.Equal([120, 40, 40], parts.Select(part => part.Length));
        Assert.Equal(Names("").Order(), parts.SelectMany(part => part).Order());
        Assert.Equal(parts[0], Names("@0-60"));
        Assert.NotEqual(parts[0], ImageSets.Open("strokes@0-60", Side, seed: 1).Classes.Select(one => $"{one.Group}/{one.Name}"));
    }

    [Fact]
    public void PartsByGroupShareNoAlphabet()
    {
        string[] Groups(string part) => [.. ImageSets.Open($"strokes@groups:{part}", Side).Classes.Select(one => one.Group).Distinct()];

        Assert.Equal(7, Groups("0-70").Length);
        Assert.Equal(3, Groups("70-100").Length);
        Assert.Empty(Groups("0-70").Intersect(Groups("70-100")));
    }

    [Theory]
    [InlineData("stroke", "did you mean 'strokes'?")]
    [InlineData("strokes@60-40", "rise from 0 to 100")]
    [InlineData("strokes@0-101", "rise from 0 to 100")]
    [InlineData("strokes@groups:0-5", "too few for such a part")]
    [InlineData("folder:", "lacks a path")]
    [InlineData("omniglot-background", "images_background.zip")]
    [InlineData("mnist", "train-images-idx3-ubyte.gz")]
    [InlineData("fashion-mnist", "dataset-fashion-mnist")]
    public void AMessageSaysWhatToDo(string name, string expected)
    {
        using var folder = new DataFolder();
        var problem = Assert.Throws<InputException>(() => ImageSets.Open(name, Side, folder.Root));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [FactWithData("omniglot-small1")]
    public void OmniglotsMinimalSetsShareTwoAlphabets()
    {
        ImageSet first = Omniglot("omniglot-small1"), second = Omniglot("omniglot-small2"), unseen = Omniglot("omniglot-small2-unseen");

        Assert.Equal((136, 156), (first.Classes.Count, second.Classes.Count));
        Assert.All(first.Classes.Concat(second.Classes), one => Assert.Equal(20, one.Images.Count));
        Assert.Equal(["Japanese_(katakana)", "Sanskrit", "Tagalog"], unseen.Classes.Select(one => one.Group).Distinct());
        Assert.Empty(unseen.Classes.Select(one => one.Group).Intersect(first.Classes.Select(one => one.Group)));
        ImageSet others = Omniglot("omniglot-small1-unseen");
        Assert.Empty(others.Classes.Select(one => one.Group).Intersect(second.Classes.Select(one => one.Group)));
        // People's strokes cover a small part of the paper, and touch little of its edge.
        Assert.InRange(first.Classes.SelectMany(one => one.Images).Average(image => image.Average()), 0.03, 0.15);
    }

    [FactWithData("fashion-mnist-test")]
    public void FashionMnistHasAThousandPicturesOfEachClass()
    {
        ImageSet set = ImageSets.Open("fashion-mnist-test", 28);

        Assert.All(set.Classes, one => Assert.Equal(1000, one.Images.Count));
        Assert.Equal("ankle boot", set.Classes[9].Name);
        Assert.Contains("10 classes, 10,000 pictures (1,000 a class), 28 x 28 pixels",
            DataCheck.Describe(ImageSets.Sources.First(one => one.Name == "fashion-mnist-test").Find(null)!), StringComparison.Ordinal);
    }

    private static ImageSet Omniglot(string name) => ImageSets.Open(name, 28, RealData.FolderFor(name));

    private static float Distance(float[] one, float[] other) =>
        one.Zip(other).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second));
}
