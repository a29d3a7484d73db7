using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>The outcome of a request: the replay of one task, or the population of all tasks, or a failure.</summary>
/// <param name="Failure">The reason why there is neither; empty where there is one of them</param>
public sealed record Adaptation(AdaptationRequest Request, Replay? Replay, Population? Population, string Failure = "");

/// <summary>
/// Adapts in the background, on the only thread that touches tensors. A new request replaces one that is still waiting. It
/// also interrupts the sampling of the map, which continues whenever there is nothing else to do.
/// </summary>
public sealed class AdaptationWorker : IDisposable
{
    private const int MapTrajectories = 20;

    private static readonly TimeSpan RestBeforePlanning = TimeSpan.FromSeconds(0.4);

    private readonly RequestThread<AdaptationRequest, Adaptation> requests;
    private readonly Lock gate = new();
    private readonly ReferenceFinder finder;
    private readonly Checkpoint checkpoint;
    private readonly TaskFamily family;
    private readonly string path;
    private readonly torch.Device device;
    private readonly int threads;
    private Adaptation? last;

    /// <param name="family">The checkpoint's family, or one that behaves like it and has more task columns</param>
    public AdaptationWorker(Checkpoint checkpoint, TaskFamily family, string path, torch.Device device, int threads)
    {
        (this.checkpoint, this.family, this.path, this.device, this.threads) = (checkpoint, family, path, device, threads);
        requests = new("adaptation", Work);
        finder = new ReferenceFinder(RestBeforePlanning, requests.Fail);
        requests.Start();
    }

    public void Ask(AdaptationRequest request) => requests.Ask(request);

    /// <summary>The adaptation that was finished since the last call, or null. An exception of the thread is thrown here.</summary>
    public Adaptation? Take() => requests.Take();

    public void Dispose()
    {
        requests.Dispose();
        finder.Dispose();
    }

    private void Work()
    {
        ReplaySampler? sampler = null;
        try
        {
            double scale = double.NaN;
            (ReturnMap Map, AdaptationRequest Request)? mapped = null;
            while (requests.Next() is { } request)
            {
                if (sampler is null || scale != request.StepScale)
                {
                    sampler?.Dispose();
                    sampler = new ReplaySampler(Scaled(scale = request.StepScale), device, threads, family);
                }
                if (mapped is not { } known || !request.SharesMap(known.Request, known.Map))
                    mapped = known = (sampler.EmptyMap(), request);
                ServeOrReport(sampler, request, known.Map);
            }
        }
        finally
        {
            sampler?.Dispose();
        }
    }

    private void ServeOrReport(ReplaySampler sampler, AdaptationRequest request, ReturnMap map)
    {
        try
        {
            Serve(sampler, request, map);
        }
        catch (TrainingException failure) when (last is not null)
        {
            // The user made the steps too long. The adaptation that is shown stays on the screen.
            Finish(new Adaptation(request, null, null, failure.Message));
        }
    }

    private void Serve(ReplaySampler sampler, AdaptationRequest request, ReturnMap map)
    {
        RandomStream draws = RandomStream.FromSeed(request.Seed);
        if (request.OfAllTasks)
        {
            Finish(new Adaptation(request, null, sampler.SampleAll(path, request.Task, request.Steps, request.Trajectories, draws)));
            return;
        }
        var task = new TaskBatch([.. sampler.Family.Spec.Task.Select(column => column.Name)], [.. request.Task]);
        ReplayTitle title = TitleOf(sampler, request);
        Replay replay = sampler.Sample(title, task, request.Steps, request.Trajectories, draws, map, plans: false);
        Finish(new Adaptation(request, replay, null));
        if (double.IsNaN(replay.Reference.Value)) finder.Ask(sampler.Family, task, found => Complete(replay, found));
        sampler.Fill(map, task, request.Steps, MapTrajectories, draws, () => requests.IsInterrupted);
    }

    private ReplayTitle TitleOf(ReplaySampler sampler, AdaptationRequest request)
    {
        string kind = request.IsChosen ? "your task" : ReplaySampler.TestTask;
        ReplayTitle title = sampler.Title(path, kind, request.Number, sampler.Family.TestTasks.Count);
        if (request.StepScale == 1) return title;
        string algorithm = string.Create(CultureInfo.InvariantCulture, $"{title.Algorithm}, α × {request.StepScale:0.##}");
        return title with { Algorithm = algorithm };
    }

    private void Finish(Adaptation adaptation)
    {
        finder.Forget();
        lock (gate)
        {
            last = adaptation;
            requests.Finish(adaptation);
        }
    }

    /// <summary>Hands out a replay once more, with its best known return, unless there is a newer replay.</summary>
    private void Complete(Replay replay, ReferenceReturn found)
    {
        lock (gate)
        {
            if (last?.Replay == replay) requests.Finish(last with { Replay = replay.MeasuredAgainst(found) });
        }
    }

    private Checkpoint Scaled(double scale) => checkpoint with
    {
        Config = checkpoint.Config with
        {
            InnerLearningRates = [.. checkpoint.Config.InnerLearningRates.Select(rate => rate * scale)],
        },
        Learned = [.. checkpoint.Learned.Select(block => (block.Name, ScaledIfStepSizes(block.Name, block.Array, scale)))],
    };

    private static NamedArray ScaledIfStepSizes(string name, NamedArray array, double scale) =>
        name == StepSizes.BlockName ? Scaled(array, scale) : array;

    private static NamedArray Scaled(NamedArray sizes, double scale) =>
        sizes with { Data = ((float[])sizes.Data).Select(size => (float)(size * scale)).ToArray() };
}
