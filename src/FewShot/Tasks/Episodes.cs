using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>
/// Draws the tasks of few-shot classification. An episode is a function of (stream, index) alone: some classes, and of each class
/// support pictures and other pictures for the query.
/// </summary>
/// <param name="Ways">The number of classes of a task</param>
/// <param name="Shots">The number of support pictures of each class</param>
/// <param name="Queries">The number of query pictures of each class</param>
public sealed record Episodes(ImageSet Data, int Ways, int Shots, int Queries)
{
    /// <summary>How every picture is distorted.</summary>
    public Distortion Distortion { get; init; }

    /// <exception cref="InputException">There are too few classes, or too few pictures of a class.</exception>
    public Episodes Checked()
    {
        if (Data.Classes.Count < Ways)
            throw new InputException($"{Data.Name} has {Data.Classes.Count} classes, too few for {Ways} ways; ask for fewer ways.");
        int fewest = Data.Classes.Min(one => one.Images.Count), needed = Shots + Queries;
        if (fewest < needed)
        {
            string has = $"{Data.Name} has a class of {fewest} pictures, too few for {Shots} support and {Queries} query pictures";
            throw new InputException($"{has}; ask for fewer shots or queries.");
        }
        return this;
    }

    /// <summary>Draws N tasks, numbered from <paramref name="first"/>.</summary>
    public (ImageSamples Support, ImageSamples Query) Draw(RandomStream stream, int first, int count, Device device)
    {
        int pixels = Data.Side * Data.Side;
        float[] support = new float[count * Ways * Shots * pixels], query = new float[count * Ways * Queries * pixels];
        for (int n = 0; n < count; n++)
        {
            foreach ((int way, (_, float[][] images)) in Chosen(stream, first + n).Index())
                for (int i = 0; i < images.Length; i++)
                {
                    (float[] to, int place) = i < Shots
                        ? (support, (n * Ways + way) * Shots + i) : (query, (n * Ways + way) * Queries + i - Shots);
                    images[i].CopyTo(to, (long)place * pixels);
                }
        }
        ImageSamples known = Samples(support, count, Shots, device);
        return (known, Samples(query, count, Queries, device) with { Support = known });
    }

    /// <summary>One task as pictures: the one that <see cref="Draw"/> gives that number.</summary>
    public Episode One(RandomStream stream, int index)
    {
        (ImageClass Class, float[][] Images)[] chosen = [.. Chosen(stream, index)];
        IEnumerable<EpisodePicture> Pictures(Range part) =>
            chosen.SelectMany((one, way) => one.Images[part].Select(image => new EpisodePicture(image, way)));
        return new(
            Data.Side, [.. chosen.Select(one => new EpisodeClass($"{one.Class.Group} {one.Class.Name}"))],
            [.. Pictures(..Shots)], [.. Pictures(Shots..)]);
    }

    /// <summary>The stream of the tasks that `maml eval` tests on.</summary>
    public static RandomStream EvaluationStream(long seed) => RandomStream.FromSeed(seed).Stream("evaluation");

    /// <summary>The classes of a task, each with its support pictures and then its query pictures.</summary>
    private IEnumerable<(ImageClass Class, float[][] Images)> Chosen(RandomStream stream, int index)
    {
        RandomStream own = stream.Stream("episode", index);
        return Chosen(own.Stream("classes"), Data.Classes.Count, Ways).Select((number, way) =>
        {
            ImageClass one = Data.Classes[number];
            int[] taken = Chosen(own.Stream("images", way), one.Images.Count, Shots + Queries);
            float[] Picture(int i) => Distorted(own.Stream("distortions", way * taken.Length + i), one.Images[taken[i]]);
            return (one, Enumerable.Range(0, taken.Length).Select(Picture).ToArray());
        });
    }

    private float[] Distorted(RandomStream map, float[] image)
    {
        var distorted = new float[image.Length];
        Distortion.Apply(map, image, distorted, Data.Side);
        return distorted;
    }

    /// <summary>Draws N tasks whose pictures, of the support and of the query, are in a random order.</summary>
    /// <inheritdoc cref="Draw"/>
    public ImageSamples DrawSequences(RandomStream stream, int first, int count, Device device)
    {
        (ImageSamples support, ImageSamples query) = Draw(stream, first, count, device);
        int length = Ways * (Shots + Queries);
        IEnumerable<int> OrderOf(int task) => Chosen(stream.Stream("episode", task).Stream("order"), length, length);
        long[] orders = [.. Enumerable.Range(first, count).SelectMany(OrderOf).Select(place => (long)place)];
        Tensor order = orders.CopyToTensor([count, length, 1], device);
        Tensor InOrder(Tensor known, Tensor asked) => cat([known, asked], 1).gather(1, order.expand(-1, -1, known.shape[2]));
        return new(InOrder(support.Pictures, query.Pictures), InOrder(support.Targets, query.Targets));
    }

    private ImageSamples Samples(float[] pictures, int count, int ofClass, Device device)
    {
        var targets = new float[count * Ways * ofClass * Ways];
        for (int i = 0; i < count * Ways * ofClass; i++) targets[i * Ways + i / ofClass % Ways] = 1;
        long samples = Ways * ofClass;
        return new(
            pictures.CopyToTensor([count, samples, Data.Side * Data.Side], device),
            targets.CopyToTensor([count, samples, Ways], device));
    }

    /// <summary>The first <paramref name="count"/> of a random order of 0 to <paramref name="of"/> - 1.</summary>
    private static int[] Chosen(RandomStream stream, int of, int count)
    {
        int[] order = [.. Enumerable.Range(0, of)];
        for (int i = 0; i < count; i++)
        {
            int other = i + (int)(stream.Uniform(i) * (of - i));
            (order[i], order[other]) = (order[other], order[i]);
        }
        return order[..count];
    }
}
