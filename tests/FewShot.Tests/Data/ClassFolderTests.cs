using MamlRobotics.Envs;
using MamlRobotics.Tests.Support;
using SkiaSharp;

namespace MamlRobotics.FewShot.Tests;

public sealed class ClassFolderTests
{
    [Fact]
    public void FoldersOfFoldersAreGroups()
    {
        using DataFolder folder = Bars();
        ImageSet set = ImageSets.Open($"folder:{folder.Root}", side: 12);

        Assert.Equal(["Greek/alpha", "Greek/beta", "Latin/a"], set.Classes.Select(one => $"{one.Group}/{one.Name}"));
        Assert.All(set.Classes, one => Assert.Equal(2, one.Images.Count));
        // Dark on white is ink, and ink is 1.
        Assert.Equal(1, set.Classes[1].Images[0][6 * 12 + 4]);
        Assert.Equal(0, set.Classes[1].Images[0][6 * 12 + 5]);
    }

    [Fact]
    public void LightOnBlackIsInkToo()
    {
        using var folder = new DataFolder();
        var grey = new byte[12, 12];
        grey[6, 4] = 255;
        folder.Write(DataFixtures.Encoded(grey), "a", "1.png");
        float[] image = ImageSets.Open($"folder:{folder.Root}", side: 12).Classes.Single().Images.Single();

        Assert.Equal(1, image[6 * 12 + 4]);
        Assert.Equal(1, image.Sum());
    }

    [Fact]
    public void JpegIsReadAsPngIs()
    {
        using var folder = new DataFolder();
        var grey = new byte[32, 32];
        for (int y = 8; y < 24; y++)
            for (int x = 8; x < 24; x++) grey[y, x] = 200;
        folder.Write(DataFixtures.Encoded(grey), "a", "1.png");
        folder.Write(DataFixtures.Encoded(grey, SKEncodedImageFormat.Jpeg), "a", "2.JPG");
        IReadOnlyList<float[]> images = ImageSets.Open($"folder:{folder.Root}", side: 16).Classes.Single().Images;

        Assert.All(images[0].Zip(images[1]), pair => Assert.Equal(pair.First, pair.Second, 0.03));
    }

    [FactWith("python3")]
    public void AZipFileThatPythonWroteIsTheSameAsItsFolder()
    {
        using DataFolder folder = Bars(), packed = new();
        string zip = packed.In("images_background_small1.zip");
        const string Script =
            """
            import os, sys, zipfile
            with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
                for place, folders, files in os.walk("."):
                    for name in files:
                        archive.write(os.path.join(place, name), os.path.join("images_background_small1", place, name))
            """;
        DataFixtures.Run("python3", folder.Root, "-c", Script, zip);
        ImageSet set = ImageSets.Open("omniglot-small1", side: 12, packed.Root);
        ImageSet unpacked = ImageSets.Open($"folder:{folder.Root}", side: 12);

        Assert.Equal(unpacked.Classes.Select(one => one with { Images = [] }), set.Classes.Select(one => one with { Images = [] }));
        Assert.Equal(unpacked.Classes.SelectMany(one => one.Images), set.Classes.SelectMany(one => one.Images));
        Assert.Contains("2 groups, 3 classes, 6 pictures (2 a class), 12 x 12 pixels", DataCheck.Describe(zip), StringComparison.Ordinal);
    }

    // The stand-in that some machines have in its place cannot write.
    [FactWith("magick")]
    public void APictureThatImageMagickDrewIsRead()
    {
        using var folder = new DataFolder();
        Directory.CreateDirectory(folder.In("a"));
        DataFixtures.Run("magick", folder.In("a"), "-size", "105x105", "xc:white", "-fill", "black", "-draw", "rectangle 0,0 104,29",
            "-type", "bilevel", "1.png");
        float[] image = ImageSets.Open($"folder:{folder.Root}", side: 7).Classes.Single().Images.Single();

        Assert.All(image.Index(), pixel => Assert.Equal(pixel.Index < 14 ? 1 : 0, pixel.Item, 1e-5));
    }

    // 105 pixels of Omniglot become 28 of the usual networks: 3.75 to one.
    [Fact]
    public void ResizingKeepsTheShareOfInk()
    {
        float[] picture = [.. Enumerable.Range(0, 105 * 105).Select(i => i * i % 7 == 0 ? 1f : 0f)];
        float[] small = AreaAverage.ToSquare(picture, 105, 105, 28);

        Assert.Equal(picture.Average(), small.Average(), 1e-5);
        float corner = 0;
        for (int y = 0; y < 4; y++)
            for (int x = 0; x < 4; x++) corner += picture[y * 105 + x] * (x == 3 ? 0.75f : 1) * (y == 3 ? 0.75f : 1);
        Assert.Equal(corner / (3.75f * 3.75f), small[0], 1e-5);
    }

    [Fact]
    public void WhatIsNoSetIsSaidInOneLine()
    {
        using DataFolder folder = Bars();
        string picture = folder.Write(DataFixtures.Bar(1), "Latin", "loose.png"), text = folder.Write("hello"u8.ToArray(), "note.txt");
        string empty = folder.Write([], "empty.png");

        Fails(() => ImageSets.Open($"folder:{folder.Root}", side: 12), "lies where no picture should");
        Fails(() => ImageSets.Open($"folder:{folder.In("nowhere")}", side: 12), "no file or folder");
        Fails(() => DataCheck.Describe(picture), "single picture");
        Fails(() => DataCheck.Describe(text), "is no data set");
        Fails(() => DataCheck.Describe(empty), "is empty");
        Fails(() => DataCheck.Describe(folder.In("nowhere")), "no file or folder");
        File.WriteAllBytes(picture, "no picture"u8.ToArray());
        Fails(() => DataCheck.Describe(folder.In("Latin")), "lies where no picture should");
    }

    /// <summary>A header that claims a picture of 100,000 x 100,000 pixels takes no memory for it.</summary>
    [Fact]
    public void AHugePictureIsRefused()
    {
        using var folder = new DataFolder();
        byte[] png = DataFixtures.Bar(1);
        new byte[] { 0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0 }.CopyTo(png, 16);
        uint checksum = System.IO.Hashing.Crc32.HashToUInt32(png.AsSpan(12, 17));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), checksum);
        folder.Write(png, "a", "1.png");

        Assert.Throws<InputException>(() => ImageSets.Open($"folder:{folder.Root}", side: 28));
    }

    private static void Fails(Action open, string expected)
    {
        var problem = Assert.Throws<InputException>(open);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    /// <summary>Three classes in two groups, two pictures each: bars at different places.</summary>
    private static DataFolder Bars()
    {
        var folder = new DataFolder();
        foreach ((int i, (string group, string name)) in new[] { ("Greek", "alpha"), ("Greek", "beta"), ("Latin", "a") }.Index())
            for (int image = 0; image < 2; image++) folder.Write(DataFixtures.Bar(2 + 2 * i + image), group, name, $"{image}.png");
        return folder;
    }
}
