using System.Diagnostics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>What the viewer gives on this machine.</summary>
/// <param name="IdleFramesPerS">One task playing while nothing computes</param>
/// <param name="FillingFramesPerS">The same while the map of returns fills in</param>
/// <param name="ClickMs">From a click to the finished adaptation, the median of several</param>
public sealed record ViewBenchmarkResult(string Driver, int Width, int Height, double IdleFramesPerS, double FillingFramesPerS, double ClickMs);

/// <summary>Measures the drawing and the live adaptation without a window, by the code that the window runs.</summary>
public static class ViewBenchmark
{
    private const int Clicks = 15;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(2), Patience = TimeSpan.FromSeconds(60);

    /// <exception cref="PlatformNotSupportedException">This machine cannot draw.</exception>
    public static ViewBenchmarkResult Run(TaskFamily family, AdaptationRequest request, AdaptationWorker worker, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(worker);
        HeadlessContext context = HeadlessContext.Create();
        using var studio = new PictureStudio(context, width, height);
        worker.Ask(request);
        Replay first = Wait(worker);
        double filling = FramesPerSecond(studio, first);
        double[] clicks = [.. Enumerable.Range(0, Clicks).Select(click => Click(worker, request with { Task = family.TestTasks.Row(click % family.TestTasks.Count).ToArray() }))];
        // The map is done once no cell changes any more.
        for (int before = -1, now = Known(first); now != before; before = now, now = Known(first)) Thread.Sleep(500);
        return new ViewBenchmarkResult(context.Driver, width, height, FramesPerSecond(studio, first), filling, clicks.Order().ElementAt(Clicks / 2));
    }

    private static int Known(Replay replay) => replay.Map.Adapted.Count(double.IsFinite);

    private static double Click(AdaptationWorker worker, AdaptationRequest request)
    {
        var clock = Stopwatch.StartNew();
        worker.Ask(request);
        Wait(worker);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static Replay Wait(AdaptationWorker worker)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            if (worker.Take() is { } replay) return replay;
            Thread.Sleep(1);
        }
        throw new TimeoutException("The adaptation did not end.");
    }

    private static double FramesPerSecond(PictureStudio studio, Replay replay)
    {
        var screen = new ReplayScreen(replay, Theme.Dark, studio.Size.Width, studio.Size.Height);
        var clock = Stopwatch.StartNew();
        int frames = 0;
        for (; clock.Elapsed < Measured; frames++)
        {
            screen.Playback.Seek(clock.Elapsed / Measured * screen.Playback.Length);
            studio.Show(screen);
        }
        return frames / clock.Elapsed.TotalSeconds;
    }
}
