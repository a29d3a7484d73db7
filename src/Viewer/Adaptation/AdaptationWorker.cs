using System.Globalization;
using System.Runtime.ExceptionServices;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>What a request led to: the replay of one task, or that of all, or neither.</summary>
/// <param name="Failure">Why there is nothing more to be seen of it; empty where there is</param>
public sealed record Adaptation(AdaptationRequest Request, Replay? Replay, Population? Everyone, string Failure = "");

/// <summary>
/// Adapts in the background, on a thread of its own that alone touches tensors. A new request takes the place of one that
/// waits, and interrupts the filling of the map, which goes on whenever nothing else is to be done.
/// </summary>
public sealed class AdaptationWorker : IDisposable
{
    private const int MapTrajectories = 20;

    private static readonly TimeSpan RestBeforePlanning = TimeSpan.FromSeconds(0.4);

    private readonly Lock gate = new();
    private readonly AutoResetEvent wake = new(false);
    private readonly Thread thread;
    private readonly ReferenceFinder finder;
    private readonly Checkpoint checkpoint;
    private readonly TaskFamily family;
    private readonly string path;
    private readonly torch.Device device;
    private readonly int threads;
    private AdaptationRequest? wanted;
    private Adaptation? finished, last;
    private ExceptionDispatchInfo? problem;
    private volatile bool isEnding;

    /// <param name="family">The checkpoint's, or one that behaves alike and has more task columns</param>
    public AdaptationWorker(Checkpoint checkpoint, TaskFamily family, string path, torch.Device device, int threads)
    {
        (this.checkpoint, this.family, this.path, this.device, this.threads) = (checkpoint, family, path, device, threads);
        finder = new ReferenceFinder(RestBeforePlanning, Fail);
        thread = new Thread(Work) { IsBackground = true, Name = "adaptation" };
        thread.Start();
    }

    public void Ask(AdaptationRequest request)
    {
        lock (gate) wanted = request;
        wake.Set();
    }

    /// <summary>What has been finished since the last call; what went wrong on a thread is thrown here.</summary>
    public Adaptation? Take()
    {
        lock (gate)
        {
            problem?.Throw();
            Adaptation? taken = finished;
            finished = null;
            return taken;
        }
    }

    public void Dispose()
    {
        isEnding = true;
        wake.Set();
        thread.Join();
        finder.Dispose();
        wake.Dispose();
    }

    private void Work()
    {
        ReplaySampler? sampler = null;
        try
        {
            double scale = double.NaN;
            (ReturnMap Map, AdaptationRequest Of)? mapped = null;
            while (!isEnding)
            {
                AdaptationRequest? request;
                lock (gate) (request, wanted) = (wanted, null);
                if (request is null)
                {
                    wake.WaitOne();
                    continue;
                }
                if (sampler is null || scale != request.StepScale)
                {
                    sampler?.Dispose();
                    sampler = new ReplaySampler(Scaled(scale = request.StepScale), device, threads, family);
                }
                if (mapped is not { } known || !request.SharesMap(known.Of, known.Map)) mapped = known = (sampler.EmptyMap(), request);
                try
                {
                    Serve(sampler, request, known.Map);
                }
                catch (TrainingException failure) when (last is not null)
                {
                    // Steps that the user made too long: there is something to go back to.
                    Finish(new Adaptation(request, null, null, failure.Message));
                }
            }
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
        finally
        {
            sampler?.Dispose();
        }
    }

    private void Serve(ReplaySampler sampler, AdaptationRequest request, ReturnMap map)
    {
        if (request.OfAllTasks)
        {
            RandomStream draws = RandomStream.FromSeed(request.Seed);
            Finish(new Adaptation(request, null, sampler.SampleAll(path, request.Task, request.Steps, request.Trajectories, draws)));
            return;
        }
        var task = new TaskBatch([.. sampler.Family.Spec.Task.Select(column => column.Name)], [.. request.Task]);
        ReplayTitle title = sampler.Title(path, request.IsChosen ? "your task" : ReplaySampler.TestTask, request.Number, sampler.Family.TestTasks.Count);
        if (request.StepScale != 1) title = title with { Algorithm = string.Create(CultureInfo.InvariantCulture, $"{title.Algorithm}, α × {request.StepScale:0.##}") };
        Replay replay = sampler.Sample(title, task, request.Steps, request.Trajectories, RandomStream.FromSeed(request.Seed), map, plans: false);
        Finish(new Adaptation(request, replay, null));
        if (double.IsNaN(replay.Reference.Value)) finder.Ask(sampler.Family, task, found => Complete(replay, found));
        sampler.Fill(map, task, request.Steps, MapTrajectories, RandomStream.FromSeed(request.Seed), IsInterrupted);
    }

    private void Finish(Adaptation adaptation)
    {
        finder.Forget();
        lock (gate) (finished, last) = (adaptation, adaptation);
    }

    /// <summary>Gives a replay once more, with its best known return, unless there is a newer one.</summary>
    private void Complete(Replay replay, ReferenceReturn found)
    {
        lock (gate)
        {
            if (last?.Replay == replay) finished = last with { Replay = replay.MeasuredAgainst(found) };
        }
    }

    private void Fail(Exception failure)
    {
        lock (gate) problem ??= ExceptionDispatchInfo.Capture(failure);
    }

    private bool IsInterrupted()
    {
        lock (gate) return isEnding || wanted is not null;
    }

    private Checkpoint Scaled(double scale) => checkpoint with
    {
        Config = checkpoint.Config with { InnerLearningRates = [.. checkpoint.Config.InnerLearningRates.Select(rate => rate * scale)] },
        Learned = [.. checkpoint.Learned.Select(block => block.Name == StepSizes.BlockName ? (block.Name, Scaled(block.Array, scale)) : block)],
    };

    private static NamedArray Scaled(NamedArray sizes, double scale) =>
        sizes with { Data = ((float[])sizes.Data).Select(size => (float)(size * scale)).ToArray() };
}
