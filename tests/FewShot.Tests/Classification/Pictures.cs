using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

/// <summary>Small made-up pictures and tasks.</summary>
internal static class Pictures
{
    public const int Side = 8;

    /// <summary>Classes with a pattern of their own, and images that are noisy copies of it.</summary>
    public static ImageSet Set(int classes, int images)
    {
        RandomStream stream = RandomStream.FromSeed(7);
        float[] Image(int one, int image) => [.. Enumerable.Range(0, Side * Side).Select(pixel =>
            (float)(0.9 * stream.Stream("class", one).Uniform(pixel) + 0.1 * stream.Stream("image", 1000 * one + image).Uniform(pixel)))];
        return new ImageSet("made-up pictures", Side, [.. Enumerable.Range(0, classes).Select(one =>
            new ImageClass("group", $"{one}", [.. Enumerable.Range(0, images).Select(image => Image(one, image))]))]);
    }

    /// <summary>Three tasks of two classes.</summary>
    public static (ImageSamples Support, ImageSamples Query) Tasks(ScalarType type, int ways = 2)
    {
        (ImageSamples support, ImageSamples query) =
            new Episodes(Set(6, 6), ways, Shots: 2, Queries: 3).Draw(RandomStream.FromSeed(1), 0, 3, CPU);
        ImageSamples To(ImageSamples samples) => samples with { Pictures = samples.Pictures.to(type), Targets = samples.Targets.to(type) };
        return (To(support), To(query) with { Support = To(support) });
    }
}
