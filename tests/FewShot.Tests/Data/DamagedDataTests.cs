using System.IO.Compression;
using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

/// <summary>A file of which bytes are changed, or the end is lost, is read as what it then says, or refused in one line.</summary>
public sealed class DamagedDataTests
{
    private const int Mutations = 200;

    [Theory]
    [InlineData("idx")]
    [InlineData("idx.gz")]
    [InlineData("zip")]
    [InlineData("runs.zip")]
    [InlineData("png")]
    public void DamagedFilesAreReadOrRefused(string kind)
    {
        using var folder = new DataFolder();
        (string path, Action read) = Prepared(folder, kind);
        byte[] right = File.ReadAllBytes(path);
        read();
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            File.WriteAllBytes(path, Mutated(right, RandomStream.FromSeed(1).Stream(kind, i)));
            refused += IsRefused(read) | IsRefused(() => DataCheck.Describe(path)) ? 1 : 0;
        }
        // A flipped pixel of a plain file cannot be noticed; what is lost can.
        Assert.InRange(refused, Mutations / 4, Mutations);
    }

    /// <summary>Text has no checksum of its own, as a PNG file has, so that the zip file's must be looked at.</summary>
    [Fact]
    public void AChangedLetterInAZipFileIsNoticed()
    {
        using var folder = new DataFolder();
        (string path, Action read) = Prepared(folder, "runs.zip");
        read();
        byte[] content = File.ReadAllBytes(path);
        int place = content.AsSpan().IndexOf("training/class02.png\n"u8);
        Assert.True(place > 0);
        content["training/class0".Length + place] = (byte)'1';
        File.WriteAllBytes(path, content);

        Assert.Contains("checksum", Assert.Throws<InputException>(read).Message, StringComparison.Ordinal);
    }

    private static bool IsRefused(Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (InputException problem)
        {
            Assert.DoesNotContain('\n', problem.Message);
            return true;
        }
    }

    /// <summary>One to four changed bytes, mostly near the start, where headers are; every third file also loses its end.</summary>
    private static byte[] Mutated(byte[] right, RandomStream draws)
    {
        byte[] wrong = [.. right];
        int changes = 1 + (int)(4 * draws.Uniform(0));
        for (int i = 0; i < changes; i++)
        {
            double place = draws.Uniform(10 + 3 * i);
            int at = (int)((draws.Uniform(11 + 3 * i) < 0.5 ? place * place * place : place) * wrong.Length);
            wrong[at] = (byte)(256 * draws.Uniform(12 + 3 * i));
        }
        return draws.Uniform(1) < 1.0 / 3 ? wrong[..(int)(wrong.Length * draws.Uniform(2))] : wrong;
    }

    private static (string Path, Action Read) Prepared(DataFolder folder, string kind)
    {
        string path = kind switch
        {
            "idx" or "idx.gz" => Idx(folder, kind == "idx.gz"),
            "png" => folder.Write(DataFixtures.Bar(3), "set", "a", "1.png"),
            "zip" => Zip(folder, [("root/g/a/1.png", DataFixtures.Bar(3)), ("root/g/b/1.png", DataFixtures.Bar(5))]),
            _ => Zip(folder,
            [
                ("run01/training/class01.png", DataFixtures.Bar(3)), ("run01/training/class02.png", DataFixtures.Bar(5)),
                ("run01/test/item01.png", DataFixtures.Bar(5)), ("run01/test/item02.png", DataFixtures.Bar(3)),
                ("run01/class_labels.txt", OneShotTests.Labels("02", "01")),
            ]),
        };
        return (path, () => Read(folder, path, kind));
    }

    private static void Read(DataFolder folder, string path, string kind)
    {
        const int Side = 12;
        if (kind == "runs.zip")
            Assert.All(OneShotRuns.Read(path, Side),
                run => Assert.All(run.Answers, answer => Assert.InRange(answer, 0, run.Training.Count - 1)));
        else
            DataFixtures.AssertWellFormed(ImageSets.Open(
                kind == "png" ? $"folder:{folder.In("set")}" : kind == "zip" ? $"folder:{path}" : $"idx:{path}", Side));
    }

    private static string Idx(DataFolder folder, bool isPacked)
    {
        byte[] pixels = [.. Enumerable.Range(0, 5 * 64).Select(i => (byte)(i * i))];
        folder.Write(DataFixtures.Idx([0, 1, 2, 1, 0], 5), "train-labels-idx1-ubyte");
        byte[] images = DataFixtures.Idx(pixels, 5, 8, 8);
        if (!isPacked) return folder.Write(images, "train-images-idx3-ubyte");
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(images);
        return folder.Write(packed.ToArray(), "train-images-idx3-ubyte.gz");
    }

    private static CompressionLevel Compression(string name) =>
        name.EndsWith(".txt", StringComparison.Ordinal) ? CompressionLevel.NoCompression : CompressionLevel.Optimal;

    private static string Zip(DataFolder folder, (string Name, byte[] Content)[] files)
    {
        string path = folder.In("set.zip");
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in files)
        {
            using Stream entry = archive.CreateEntry(name, Compression(name)).Open();
            entry.Write(content);
        }
        return path;
    }
}
