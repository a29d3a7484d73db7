using System.Numerics;

namespace MamlRobotics.FewShot;

/// <summary>Adapts a trained classifier to episodes, for pictures and for the live view.</summary>
public sealed class EpisodeAdapter : IDisposable
{
    private readonly ClassificationExperiment experiment;
    private readonly ClassifierModel classifier;
    private readonly Tensor meta;
    private readonly Episodes tasks;
    private readonly long seed;
    private readonly Device device;
    private readonly Lazy<InkConvention> convention;
    private (int Number, Episode Episode)? drawn;

    /// <param name="config">
    /// The configuration of the checkpoint, or one with other ways and shots; not of a learner that is shown sequences
    /// </param>
    /// <param name="tasks">What episodes are drawn from</param>
    /// <param name="seed">Episode i is episode i of `maml eval` with this seed</param>
    public EpisodeAdapter(Checkpoint checkpoint, ClassificationConfig config, Episodes tasks, long seed, Device device, int threads)
    {
        (this.tasks, this.seed, this.device, Config) = (tasks, seed, device, config);
        experiment = new ClassificationExperiment(config, device, threads);
        classifier = (ClassifierModel)experiment.Classifier;
        meta = FewerClasses.Of(checkpoint, config).Meta(device);
        convention = new(() => InkConvention.Of(tasks.Data));
    }

    public ClassificationConfig Config { get; }

    /// <summary>Adapts to an episode.</summary>
    public EpisodeAdaptation Adapt(EpisodeRequest request) => TensorScope.Free(() =>
    {
        Episode episode = EpisodeOf(request);
        (ImageSamples support, ImageSamples query) = episode.Samples(device);
        var seen = new List<Seen>();
        experiment.Adapt(meta, support, request.Steps, (_, parameters) => seen.Add(Look(parameters, query)));
        var plane = new PrincipalPlane([.. KnownFeatures(episode, seen[0]), .. KnownFeatures(episode, seen[^1])]);
        IReadOnlyList<EpisodeStep> steps = [.. seen.Select(one => StepOf(episode, one, plane))];
        return new EpisodeAdaptation(request, episode, steps, plane.Shares, classifier.DistanceName);
    });

    public void Dispose()
    {
        meta.Dispose();
        experiment.Dispose();
    }

    private Episode EpisodeOf(EpisodeRequest request)
    {
        if (drawn is not { } known || known.Number != request.Number)
            drawn = known = (request.Number, tasks.One(Episodes.EvaluationStream(seed), request.Number - 1));
        Episode episode = known.Episode;
        foreach ((int i, Drawing drawing) in request.Classes.Index())
            episode = episode.With(new($"your drawing {i + 1}", IsDrawn: true), Picture(drawing), Config.HasFixedClasses);
        return request.Query.IsEmpty ? episode : episode with { Query = [.. episode.Query, new(Picture(request.Query), null)] };
    }

    private float[] Picture(Drawing drawing) => convention.Value.Picture(drawing, tasks.Data.Side);

    private Seen Look(Tensor parameters, ImageSamples query)
    {
        using IDisposable withoutGraph = no_grad();
        Embedding embedding = classifier.Embed(parameters, query);
        return new(
            Rows(classifier.LogProbabilities(meta, parameters, query).exp()), Rows(embedding.Distances),
            Rows(embedding.Query), Rows(embedding.Support));
    }

    private static float[][] Rows(Tensor ofOneTask)
    {
        float[] flat = [.. ofOneTask.to(float32).cpu().contiguous().data<float>()];
        return [.. flat.Chunk((int)ofOneTask.shape[2])];
    }

    // What the user draws has no part in the choice of the plane, so that the plane stays while he draws.
    private static IEnumerable<float[]> KnownFeatures(Episode episode, Seen seen) =>
        [.. seen.Support, .. seen.Query.Where((_, i) => episode.Query[i].Class is not null)];

    private static EpisodeStep StepOf(Episode episode, Seen seen, PrincipalPlane plane)
    {
        Vector2[] support = [.. seen.Support.Select(plane.Place)];
        // A projection of a mean is the mean of the projections.
        IEnumerable<Vector2> prototypes = episode.Classes.Select((_, way) =>
        {
            Vector2[] own = [.. support.Where((_, i) => episode.Support[i].Class == way)];
            return own.Aggregate(Vector2.Add) / own.Length;
        });
        return new(seen.Probabilities, seen.Distances, [.. seen.Query.Select(plane.Place)], support, [.. prototypes]);
    }

    private sealed record Seen(float[][] Probabilities, float[][] Distances, float[][] Query, float[][] Support);
}
