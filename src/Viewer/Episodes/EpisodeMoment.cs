using System.Numerics;
using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>What is shown of an adaptation.</summary>
/// <param name="Progress">The number of gradient steps that are shown, with a fraction between two steps</param>
/// <param name="Selected">The number of the query picture that is looked at; null for none</param>
public sealed record EpisodeMoment(EpisodeAdaptation Adaptation, double Progress, int? Selected)
{
    /// <summary>The end of an adaptation, and the query picture that says most about it: one that is wrong, or the least certain.</summary>
    public static EpisodeMoment End(EpisodeAdaptation adaptation) => new(adaptation, adaptation.Steps.Count - 1, MostTelling(adaptation));

    /// <summary>The number of whole steps.</summary>
    public int Step => (int)(Progress + 1e-6);

    public EpisodeStep Shown => Adaptation.Steps[Step];

    public int Steps => Adaptation.Steps.Count - 1;

    public Episode Episode => Adaptation.Episode;

    /// <summary>A place between those of two steps.</summary>
    public Vector2 Between(Func<EpisodeStep, Vector2> of) =>
        Vector2.Lerp(of(Shown), of(Adaptation.Steps[Math.Min(Step + 1, Steps)]), (float)(Progress - Step));

    private static int? MostTelling(EpisodeAdaptation adaptation)
    {
        if (adaptation.Drawn is { } drawn) return drawn;
        int last = adaptation.Steps.Count - 1;
        float Certainty(int query) => adaptation.Steps[last].Probabilities[query].Max();
        int[] queries = [.. Enumerable.Range(0, adaptation.Episode.Query.Count)];
        return queries.Length == 0 ? null
            : queries.OrderBy(query => adaptation.IsRight(last, query)).ThenBy(Certainty).First();
    }
}
