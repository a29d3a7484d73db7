using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

public sealed class FontTests
{
    private const int Side = 16;

    /// <summary>A fact that needs fonts of two makers with enough editions.</summary>
    private sealed class FactWithFontsAttribute : FactAttribute
    {
        public FactWithFontsAttribute()
        {
            if (MakersOfMany() < 2) Skip = "This machine lacks two families of fonts with eight editions each.";
        }

        private static int MakersOfMany()
        {
            Writer[] writers = [.. Installed()];
            int makers = writers.GroupBy(writer => writer.Maker).Count(maker => maker.Count() >= FontCharacters.FewestWriters);
            foreach (Writer writer in writers) writer.Dispose();
            return makers;
        }
    }

    [FactWithFonts]
    public void TestAndTrainingShareNoCharacter()
    {
        ImageSet training = ImageSets.Open("fonts-train", Side), test = ImageSets.Open("fonts-test", Side);

        Assert.Empty(training.Classes.Select(one => one.Name).Intersect(test.Classes.Select(one => one.Name)));
        Assert.All(training.Classes.Concat(test.Classes), one => Assert.True(one.Images.Count >= FontCharacters.FewestWriters));
        DataFixtures.AssertWellFormed(test);
    }

    [FactWithFonts]
    public void TestAndTrainingShareNoFontAndNoMaker()
    {
        Writer[] writers = [.. Installed()];
        int[] letters = [.. Enumerable.Range('A', 26)];
        Writer[] training = Schools.Of(writers, letters, isTraining: true), test = Schools.Of(writers, letters, isTraining: false);

        Assert.Equal(writers.Length, training.Length + test.Length);
        Assert.NotEmpty(test);
        Assert.Empty(training.Intersect(test));
        Assert.Empty(training.Select(writer => writer.Maker).Intersect(test.Select(writer => writer.Maker)));
        foreach (Writer writer in writers) writer.Dispose();
    }

    [FactWithFonts]
    public void NoTwoFontsDrawACharacterAlike()
    {
        ImageSet set = ImageSets.Open("fonts", Side);

        Assert.All(set.Classes, one => Assert.All(one.Images.Index(), image =>
            Assert.DoesNotContain(one.Images.Take(image.Index), earlier => Difference(image.Item, earlier) < 0.05f * image.Item.Sum())));
        // The Greek and the Cyrillic A are drawn as the Latin one.
        Assert.Contains(set.Classes, one => one.Name == "A U+0041");
        Assert.DoesNotContain(set.Classes, one => one.Name.EndsWith("U+0391", StringComparison.Ordinal));
        Assert.DoesNotContain(set.Classes, one => one.Name.EndsWith("U+0410", StringComparison.Ordinal));
    }

    [Fact]
    public void AFileThatIsNoFontIsPassedOver()
    {
        using var folder = new DataFolder();
        string path = folder.Write("no font"u8.ToArray(), "fonts", "broken.ttf");

        Assert.Contains(path, InstalledFonts.Files(InstalledFonts.Folders([folder.Root])));
        Assert.Empty(InstalledFonts.Read(path));
        var problem = Assert.Throws<InputException>(
            () => FontCharacters.Read("fonts", Side, [folder.In("fonts")], FontPart.Train, seed: 0));
        Assert.Contains("fonts-dejavu", problem.Message, StringComparison.Ordinal);
    }

    private static float Difference(float[] one, float[] other) => one.Zip(other).Sum(pair => Math.Abs(pair.First - pair.Second));

    private static IEnumerable<Writer> Installed() => InstalledFonts.Files(InstalledFonts.Folders([])).SelectMany(InstalledFonts.Read);
}
