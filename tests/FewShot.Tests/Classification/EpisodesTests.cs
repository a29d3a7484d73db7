using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

/// <summary>What a task of few-shot classification is made of.</summary>
public class EpisodesTests
{
    private static readonly ImageSet Data = Pictures.Set(classes: 5, images: 6);

    [Fact]
    public void An_episode_is_a_function_of_the_stream_and_its_number_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        var tasks = new Episodes(Data, 3, 2, 2);
        float[] ofMany = [.. tasks.Draw(RandomStream.FromSeed(1), 0, 8, CPU).Query.Pictures[6].contiguous().data<float>()];
        float[] alone = [.. tasks.Draw(RandomStream.FromSeed(1), 6, 1, CPU).Query.Pictures.data<float>()];
        Assert.Equal(alone, ofMany);
        Assert.NotEqual(alone, tasks.Draw(RandomStream.FromSeed(2), 6, 1, CPU).Query.Pictures.data<float>().ToArray());
    }

    [Fact]
    public void Classes_differ_and_no_picture_is_both_support_and_query()
    {
        using DisposeScope scope = NewDisposeScope();
        (ImageSamples support, ImageSamples query) = new Episodes(Data, 4, 2, 4).Draw(RandomStream.FromSeed(1), 0, 20, CPU);
        Dictionary<string, int> classOf = Data.Classes.Index()
            .SelectMany(one => one.Item.Images.Select(image => (Picture: Key(image), one.Index)))
            .ToDictionary(pair => pair.Picture, pair => pair.Index);
        for (int task = 0; task < 20; task++)
        {
            string[] known = Keys(support, task), asked = Keys(query, task);
            Assert.Equal(known.Length + asked.Length, known.Concat(asked).Distinct().Count());
            int[] ways = [.. known.Select(key => classOf[key]).Distinct()];
            Assert.Equal(4, ways.Length);
            Assert.Equal(Enumerable.Range(0, 16).Select(i => ways[i / 4]), asked.Select(key => classOf[key]));
            Assert.Equal(Enumerable.Range(0, 16).Select(i => (long)(i / 4)), query.Targets[task].argmax(1).data<long>());
        }
    }

    /// <summary>A ring about the centre is moved and stretched by at most what the strength allows, and its ink stays.</summary>
    [Fact]
    public void A_distorted_picture_keeps_its_ink_near_where_it_was_and_a_strength_of_zero_changes_nothing()
    {
        const int Side = 28;
        var picture = new float[Side * Side];
        for (int i = 0; i < picture.Length; i++)
        {
            double radius = Math.Sqrt(Math.Pow(i / Side - 13.5, 2) + Math.Pow(i % Side - 13.5, 2));
            if (radius is > 5 and < 7) picture[i] = 1;
        }
        var same = new float[picture.Length];
        new Distortion(0).Apply(RandomStream.FromSeed(1), picture, same, Side);
        Assert.Equal(picture, same);
        var sums = new List<double>();
        for (int seed = 0; seed < 200; seed++)
        {
            var distorted = new float[picture.Length];
            new Distortion(1).Apply(RandomStream.FromSeed(seed), picture, distorted, Side);
            Assert.All(distorted, value => Assert.InRange(value, 0, 1));
            double ink = distorted.Sum(value => (double)value);
            double x = distorted.Select((value, i) => value * (i % Side - 13.5)).Sum() / ink;
            // A shift of a tenth of the side, scaled by at most a fifth.
            Assert.InRange(x, -3.6, 3.6);
            sums.Add(ink);
        }
        Assert.InRange(sums.Average() / picture.Sum(), 0.9, 1.15);
        Assert.True(sums.Max() / sums.Min() > 1.2);
    }

    [Theory]
    [InlineData(6, 1, 1, "made-up pictures has 5 classes, too few for 6 ways")]
    [InlineData(2, 4, 3, "a class of 6 pictures, too few for 4 support and 3 query pictures")]
    public void Too_few_classes_or_pictures_are_refused_with_the_numbers(int ways, int shots, int queries, string expected)
    {
        string message = Assert.Throws<InputException>(() => new Episodes(Data, ways, shots, queries).Checked()).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Four_quarter_turns_are_no_turn_and_one_moves_the_right_edge_to_the_top()
    {
        float[] picture = new float[Pictures.Side * Pictures.Side];
        for (int y = 0; y < Pictures.Side; y++) picture[y * Pictures.Side + Pictures.Side - 1] = 1 + y;
        var one = new ImageSet("one", Pictures.Side, [new ImageClass("group", "edge", [picture])]);
        ImageSet turned = one.WithRotations();
        Assert.Equal(4, turned.Classes.Count);
        Assert.Equal(Enumerable.Range(1, Pictures.Side).Select(i => (float)i), turned.Classes[1].Images[0][..Pictures.Side]);
        float[] back = (turned with { Classes = [turned.Classes[3]] }).WithRotations().Classes[1].Images[0];
        Assert.Equal(picture, back);
    }

    private static string Key(IEnumerable<float> picture) => string.Join(' ', picture);

    private static string[] Keys(ImageSamples samples, int task) =>
        [.. samples.Pictures[task].contiguous().data<float>().Chunk(Pictures.Side * Pictures.Side).Select(Key)];
}
