namespace MamlRobotics.FewShot;

/// <summary>One task of few-shot classification as pictures, to be looked at.</summary>
/// <param name="Side">The width and the height of every picture</param>
/// <param name="Support">The pictures that the classes are known by</param>
/// <param name="Query">The pictures to classify</param>
public sealed record Episode(
    int Side, IReadOnlyList<EpisodeClass> Classes, IReadOnlyList<EpisodePicture> Support, IReadOnlyList<EpisodePicture> Query)
{
    /// <summary>Adds a class that is known by one picture.</summary>
    /// <param name="replaces">Whether it takes the place of the last class of the data, whose pictures then go</param>
    public Episode With(EpisodeClass own, float[] picture, bool replaces)
    {
        int way = replaces ? Classes.Index().Last(one => !one.Item.IsDrawn).Index : Classes.Count;
        return this with
        {
            Classes = [.. Classes.Take(way), own, .. Classes.Skip(way + 1)],
            Support = [.. Support.Where(one => one.Class != way), new(picture, way)],
            Query = [.. Query.Where(one => one.Class != way)],
        };
    }

    /// <summary>The pictures as a task, which a classifier takes.</summary>
    public (ImageSamples Support, ImageSamples Query) Samples(Device device)
    {
        ImageSamples support = Samples(Support, device);
        return (support, Samples(Query, device) with { Support = support });
    }

    private ImageSamples Samples(IReadOnlyList<EpisodePicture> pictures, Device device)
    {
        var targets = new float[pictures.Count * Classes.Count];
        foreach ((int i, EpisodePicture picture) in pictures.Index())
            if (picture.Class is { } way) targets[i * Classes.Count + way] = 1;
        float[] pixels = [.. pictures.SelectMany(picture => picture.Pixels)];
        return new(
            pixels.CopyToTensor([1, pictures.Count, Side * Side], device),
            targets.CopyToTensor([1, pictures.Count, Classes.Count], device));
    }
}

/// <summary>A class of an episode.</summary>
/// <param name="IsDrawn">Whether a user has drawn it</param>
public sealed record EpisodeClass(string Name, bool IsDrawn = false);

/// <summary>A picture of an episode.</summary>
/// <param name="Pixels">[side * side], 1 for ink</param>
/// <param name="Class">The number of its class; null where nobody knows it</param>
public sealed record EpisodePicture(float[] Pixels, int? Class);
