using System.Numerics;

namespace MamlRobotics.FewShot;

/// <summary>Which episode to adapt to, and what a user has drawn for it.</summary>
/// <param name="Number">The number of the episode, from 1</param>
/// <param name="Steps">The number of gradient steps</param>
/// <param name="Classes">The drawings that are classes of their own, in the order in which they were added</param>
/// <param name="Query">A drawing to classify; empty for none</param>
public sealed record EpisodeRequest(int Number, int Steps, IReadOnlyList<Drawing> Classes, Drawing Query)
{
    public EpisodeRequest(int number, int steps)
        : this(number, steps, [], Drawing.Empty)
    {
    }
}

/// <summary>What a classifier makes of an episode while it adapts to it.</summary>
/// <param name="Steps">[K + 1], after 0 to K gradient steps</param>
/// <param name="PlaneShares">The shares of the variance of all features along the two axes in which they are shown</param>
/// <param name="DistanceName">What the distances between pictures are</param>
public sealed record EpisodeAdaptation(
    EpisodeRequest Request, Episode Episode, IReadOnlyList<EpisodeStep> Steps, IReadOnlyList<double> PlaneShares, string DistanceName)
{
    /// <summary>The number of the query picture that the user has drawn, which comes last; null where there is none.</summary>
    public int? Drawn => Request.Query.IsEmpty ? null : Episode.Query.Count - 1;

    /// <summary>Whether a query picture is taken for its own class after a step; null where its class is not known.</summary>
    public bool? IsRight(int step, int query) => Episode.Query[query].Class is { } way ? Steps[step].Predicted(query) == way : null;

    /// <summary>The number of query pictures that are taken for their own class.</summary>
    public int Right(int step) => Enumerable.Range(0, Episode.Query.Count).Count(query => IsRight(step, query) == true);

    /// <summary>The number of query pictures whose class is known.</summary>
    public int Known => Episode.Query.Count(picture => picture.Class is not null);
}

/// <summary>What a classifier makes of an episode after some gradient steps.</summary>
/// <param name="Probabilities">[M][ways], of every class for each query picture</param>
/// <param name="Distances">[M][S], of each query picture from each support picture, as the classifier compares them</param>
/// <param name="Query">[M], the features of the query pictures in the plane of the first two principal components</param>
/// <param name="Support">[S], those of the support pictures</param>
/// <param name="Prototypes">[ways], the means of the support pictures' features</param>
public sealed record EpisodeStep(
    IReadOnlyList<float[]> Probabilities, IReadOnlyList<float[]> Distances,
    IReadOnlyList<Vector2> Query, IReadOnlyList<Vector2> Support, IReadOnlyList<Vector2> Prototypes)
{
    /// <summary>The most probable class of a query picture.</summary>
    public int Predicted(int query) => Probabilities[query].Index().MaxBy(one => one.Item).Index;
}
