using System.IO.Compression;
using MamlRobotics.Envs;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.FewShot.Tests;

public sealed class IdxTests
{
    private const string Images = "train-images-idx3-ubyte", Labels = "train-labels-idx1-ubyte";

    // Two pictures of 2 rows and 3 columns.
    private static readonly byte[] Pixels = [0, 51, 102, 153, 204, 255, 255, 0, 0, 0, 0, 0];

    [Fact]
    public void PicturesAreSortedByTheirLabels()
    {
        using DataFolder folder = TwoPictures(Images, Labels);
        ImageSet set = ImageSets.Open($"idx:{folder.In(Images)}", side: 6);

        Assert.Equal(["3", "7"], set.Classes.Select(one => one.Name));
        Assert.Equal(1, set.Classes[0].Images.Single()[6]);
        DataFixtures.AssertWellFormed(set);
    }

    // Three columns become six, and two rows four, in the middle of six.
    [Fact]
    public void APictureThatIsNotSquareLiesInTheMiddleOfOne()
    {
        using DataFolder folder = TwoPictures(Images, Labels);
        float[] image = ImageSets.Open($"idx:{folder.In(Images)}", side: 6).Classes[1].Images.Single();

        float[] expected = [0, 0, 0.2f, 0.2f, 0.4f, 0.4f];
        Assert.All(image[..6].Concat(image[30..]), value => Assert.Equal(0, value));
        Assert.All(Enumerable.Range(0, 6), x => Assert.Equal(expected[x], image[6 + x], 1e-6));
        Assert.All(Enumerable.Range(0, 6), x => Assert.Equal(expected[x] + 0.6f, image[24 + x], 1e-6));
    }

    // The files of EMNIST hold the columns of a picture where others hold its rows.
    [Fact]
    public void PicturesOfEmnistAreTurnedUpright()
    {
        using var folder = new DataFolder();
        byte[] pixels = [.. Enumerable.Range(0, 16).Select(i => (byte)(i * 17))];
        folder.Write(DataFixtures.Idx(pixels, 1, 4, 4), "emnist", "emnist-letters-train-images-idx3-ubyte");
        folder.Write(DataFixtures.Idx([2], 1), "emnist", "emnist-letters-train-labels-idx1-ubyte");
        ImageClass letter = ImageSets.Open("emnist-letters", side: 4, folder.Root).Classes.Single();

        Assert.Equal("B", letter.Name);
        Assert.All(Enumerable.Range(0, 16), i => Assert.Equal(pixels[i % 4 * 4 + i / 4] / 255f, letter.Images[0][i]));
    }

    [FactWith("gzip")]
    public void FilesThatGzipPackedAreTheSame()
    {
        using DataFolder folder = TwoPictures(Images, Labels);
        ImageSet plain = ImageSets.Open($"idx:{folder.In(Images)}", side: 6);
        DataFixtures.Run("gzip", folder.Root, Images, Labels);
        ImageSet packed = ImageSets.Open($"idx:{folder.In(Images + ".gz")}", side: 6);

        Assert.Equal(plain.Classes.SelectMany(one => one.Images.SelectMany(image => image)),
            packed.Classes.SelectMany(one => one.Images.SelectMany(image => image)));
    }

    [FactWith("python3")]
    public void FilesThatPythonWroteAreRead()
    {
        using var folder = new DataFolder();
        const string Script =
            """
            import gzip, struct
            with gzip.open("train-images-idx3-ubyte.gz", "wb") as f:
                f.write(struct.pack(">IIII", 2051, 30, 28, 28) + bytes(i % 256 for i in range(30 * 784)))
            with open("train-labels-idx1-ubyte", "wb") as f:
                f.write(struct.pack(">II", 2049, 30) + bytes(i % 10 for i in range(30)))
            """;
        DataFixtures.Run("python3", folder.Root, "-c", Script);
        ImageSet set = ImageSets.Open($"idx:{folder.Root}", side: 28);

        Assert.All(set.Classes, one => Assert.Equal(3, one.Images.Count));
        // The second picture of class 4 is number 14.
        Assert.All(Enumerable.Range(0, 784), i => Assert.Equal((14 * 784 + i) % 256 / 255f, set.Classes[4].Images[1][i]));
    }

    [Theory]
    [InlineData(0, "ends too early")]
    [InlineData(1, "ends too early")]
    [InlineData(2, "more than")]
    [InlineData(3, "ends too early")]
    [InlineData(4, "at most 4,096")]
    [InlineData(5, "at most 100,000,000")]
    [InlineData(6, "type 0x0D")]
    [InlineData(7, "no IDX file")]
    [InlineData(8, "holds labels")]
    [InlineData(9, "not beside it")]
    [InlineData(10, "has 3 labels")]
    public void WhatIsWrongIsSaidInOneLine(int which, string expected)
    {
        using DataFolder folder = TwoPictures(Images, Labels);
        byte[] right = DataFixtures.Idx(Pixels, 2, 2, 3);
        byte[] wrong = which switch
        {
            0 => right[..^1],
            1 => Packed(right[..^1]),
            2 => Packed([.. right, 0]),
            // These claim gigabytes.
            3 => Packed(DataFixtures.Idx(Pixels, 2, 4096, 4096)),
            4 => DataFixtures.Idx(Pixels, 2, 65_536, 65_536),
            5 => DataFixtures.Idx(Pixels, int.MaxValue, 28, 28),
            6 => [0, 0, 0x0D, 3, .. right[4..]],
            7 => "hello, world"u8.ToArray(),
            8 => DataFixtures.Idx([1, 2], 2),
            _ => right,
        };
        string path = folder.Write(wrong, Images);
        if (which == 9) File.Delete(folder.In(Labels));
        if (which == 10) folder.Write(DataFixtures.Idx([1, 2, 3], 3), Labels);

        var problem = Assert.Throws<InputException>(() => ImageSets.Open($"idx:{path}", side: 28));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    private static DataFolder TwoPictures(string images, string labels)
    {
        var folder = new DataFolder();
        folder.Write(DataFixtures.Idx(Pixels, 2, 2, 3), images);
        folder.Write(DataFixtures.Idx([7, 3], 2), labels);
        return folder;
    }

    private static byte[] Packed(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }
}
