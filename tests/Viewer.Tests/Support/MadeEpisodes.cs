using System.Numerics;
using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Adaptations to episodes made by arithmetic, the same on every machine.</summary>
internal static class MadeEpisodes
{
    private const int Side = 20;

    /// <summary>
    /// A classifier whose probabilities of the right classes grow with every step; some pictures stay wrong. A drawing is taken for the
    /// last class.
    /// </summary>
    /// <param name="replaces">Whether drawings take the places of other classes</param>
    public static EpisodeAdaptation Adapted(EpisodeRequest request, int ways = 5, int shots = 1, int queries = 5, bool replaces = false)
    {
        Episode episode = Episode(request, ways, shots, queries, replaces);
        EpisodeStep[] steps = [.. Enumerable.Range(0, request.Steps + 1).Select(step => Step(episode, step))];
        return new(request, episode, steps, [0.41, 0.22], "distance of features");
    }

    public static EpisodeAdaptation Adapted(int steps, int ways = 5, int shots = 1, int queries = 5) =>
        Adapted(new EpisodeRequest(3, steps), ways, shots, queries);

    private static Episode Episode(EpisodeRequest request, int ways, int shots, int queries, bool replaces)
    {
        IEnumerable<EpisodePicture> Pictures(int count, int first) =>
            Enumerable.Range(0, ways).SelectMany(way => Enumerable.Range(first, count).Select(i => new EpisodePicture(Ring(way, i), way)));
        var episode = new Episode(
            Side, [.. Enumerable.Range(0, ways).Select(way => new EpisodeClass($"alphabet character {way + 1}"))],
            [.. Pictures(shots, 0)], [.. Pictures(queries, shots)]);
        foreach (int own in Enumerable.Range(0, request.Classes.Count))
            episode = episode.With(new($"your drawing {own + 1}", IsDrawn: true), Ring(ways + own, 0), replaces);
        return request.Query.IsEmpty ? episode
            : episode with { Query = [.. episode.Query, new(Ring(ways + request.Classes.Count - 1, 7), null)] };
    }

    private static EpisodeStep Step(Episode episode, int step)
    {
        int ways = episode.Classes.Count;
        float[][] probabilities = [.. episode.Query.Select((picture, query) => Shares(ways, picture.Class ?? ways - 1, query, step))];
        Vector2 Centre(int way) => (1 + step) * new Vector2(MathF.Cos(way), MathF.Sin(1.7f * way));
        Vector2 Near(int way, int query) => Centre(way) + 0.4f * new Vector2(MathF.Sin(5 * query), MathF.Cos(3 * query));
        Vector2[] support = [.. episode.Support.Select((picture, i) => Near(picture.Class!.Value, 31 * i))];
        Vector2[] places = [.. episode.Query.Select((picture, i) => Near(picture.Class ?? ways - 1, i))];
        return new(
            probabilities, [.. places.Select(place => support.Select(other => Vector2.Distance(place, other)).ToArray())], places, support,
            [.. Enumerable.Range(0, ways).Select(Centre)]);
    }

    // Every sixth picture is taken for the next class.
    private static float[] Shares(int ways, int way, int query, int step)
    {
        int most = query % 6 == 4 ? (way + 1) % ways : way;
        float[] weights = [.. Enumerable.Range(0, ways).Select(one => one == most ? 1 + 2f * step + query % 3 : 1 + 0.1f * one)];
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    /// <summary>A ring with a bar, which differ from class to class and from picture to picture.</summary>
    private static float[] Ring(int way, int picture)
    {
        Vector2 centre = new(0.5f + 0.04f * MathF.Sin(picture + way), 0.5f + 0.04f * MathF.Cos(2 * picture));
        float radius = 0.18f + 0.03f * (way % 5), turn = 0.9f * way + 0.1f * MathF.Sin(picture);
        Vector2 along = new(MathF.Cos(turn), MathF.Sin(turn));
        return [.. Enumerable.Range(0, Side * Side).Select(pixel =>
        {
            Vector2 at = new Vector2(pixel % Side + 0.5f, pixel / Side + 0.5f) / Side - centre;
            float beside = MathF.Abs(at.X * along.Y - at.Y * along.X), onBar = Vector2.Dot(at, along) is > 0 and < 0.42f ? beside : 1;
            return Math.Clamp(1.5f - Side * Math.Min(MathF.Abs(at.Length() - radius), onBar), 0, 1);
        })];
    }
}
