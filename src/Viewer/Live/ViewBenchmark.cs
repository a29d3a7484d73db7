using System.Diagnostics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>How fast the viewer is on this machine.</summary>
/// <param name="Shown">"window", or "headless" where there is no display</param>
/// <param name="IdleFramesPerS">Frames per second of one task while nothing is computed</param>
/// <param name="FillingFramesPerS">Frames per second of one task while the map of returns is sampled</param>
/// <param name="PopulationFramesPerS">Frames per second of all test tasks at once while nothing is computed</param>
/// <param name="ClickMs">Time from a click to the first frame of the replay, the median of several clicks</param>
public sealed record ViewBenchmarkResult(
    string Shown, string Driver, int Width, int Height, double IdleFramesPerS, double FillingFramesPerS, int Robots,
    double PopulationFramesPerS, double ClickMs);

/// <summary>Measures the viewer by running what the user runs: a session, and a window where there is a display.</summary>
public sealed class ViewBenchmark
{
    private const int Clicks = 15;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3), Rest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly ViewerSession session;
    private readonly TaskFamily family;
    private readonly Action showFrame;

    private ViewBenchmark(ViewerSession session, TaskFamily family, Action showFrame) =>
        (this.session, this.family, this.showFrame) = (session, family, showFrame);

    /// <exception cref="PlatformNotSupportedException">This machine cannot draw.</exception>
    public static ViewBenchmarkResult Run(ViewerSession session, TaskFamily family, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(session);
        try
        {
            using var window = new ViewerWindow(session.Controls, session.Tick, "maml bench view", isPaced: false);
            window.Open();
            var benchmark = new ViewBenchmark(session, family, () => window.Step());
            return benchmark.Measure(new("window", window.Driver, width, height, 0, 0, 0, 0, 0));
        }
        catch (PlatformNotSupportedException)
        {
            return Headless(session, family, width, height);
        }
    }

    private static ViewBenchmarkResult Headless(ViewerSession session, TaskFamily family, int width, int height)
    {
        HeadlessContext context = HeadlessContext.Create();
        using var studio = new PictureStudio(context, width, height);
        var clock = Stopwatch.StartNew();
        TimeSpan before = default;
        return new ViewBenchmark(session, family, () =>
        {
            TimeSpan now = clock.Elapsed;
            session.Tick((now - before).TotalSeconds);
            before = now;
            if (session.Controls.Scene is { } scene) studio.Show(scene);
        }).Measure(new("headless", context.Driver, width, height, 0, 0, 0, 0, 0));
    }

    private ViewBenchmarkResult Measure(ViewBenchmarkResult result)
    {
        Until(() => session.Controls.Scene is not null);
        double filling = FillingFramesPerSecond();
        double[] clicks = [.. Enumerable.Range(1, Clicks).Select(Click)];
        Settle();
        double idle = FramesPerSecond();
        int shown = session.Shown;
        session.Controls.AskForAll(Population.MostRobots);
        Until(() => session.Shown > shown);
        return result with
        {
            FillingFramesPerS = filling,
            ClickMs = clicks.Order().ElementAt(Clicks / 2),
            IdleFramesPerS = idle,
            Robots = session.Controls.AllTasks!.Robots,
            PopulationFramesPerS = FramesPerSecond(),
        };
    }

    /// <summary>Milliseconds from asking for a task until its replay is shown.</summary>
    private double Click(int number)
    {
        int shown = session.Shown;
        var clock = Stopwatch.StartNew();
        session.Controls.AskForTask(number % family.TestTasks.Count + 1);
        Until(() => session.Shown > shown);
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>Measures from each request to the last cell of its map, over as many maps as the measured time needs.</summary>
    private double FillingFramesPerSecond()
    {
        (int frames, TimeSpan time) = (0, TimeSpan.Zero);
        for (bool isSmaller = false; time < Measured; isSmaller = !isSmaller)
        {
            // Another step size asks for another map.
            int shown = session.Shown;
            session.Controls.KeyDown(isSmaller ? Key.Comma : Key.Period);
            Until(() => session.Shown > shown);
            (int newFrames, TimeSpan took) = Settle();
            (frames, time) = (frames + newFrames, time + took);
        }
        return frames / time.TotalSeconds;
    }

    /// <summary>Shows frames until no cell of the map has changed for a while, so that nothing is computed any more.</summary>
    /// <returns>Frames and time until the last change</returns>
    private (int Frames, TimeSpan Time) Settle()
    {
        ReturnMap map = session.Controls.Screens[0].Replay.Map;
        var clock = Stopwatch.StartNew();
        (int frames, int version, (int Frames, TimeSpan Time) last) = (0, map.Version, (0, TimeSpan.Zero));
        while (clock.Elapsed - last.Time < Rest)
        {
            PlayOn();
            frames++;
            if (map.Version == version) continue;
            version = map.Version;
            last = (frames, clock.Elapsed);
        }
        return last;
    }

    private double FramesPerSecond()
    {
        var clock = Stopwatch.StartNew();
        int frames = 0;
        for (; clock.Elapsed < Measured; frames++) PlayOn();
        return frames / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Shows the next frame, and starts the replay again whenever it has ended.</summary>
    private void PlayOn()
    {
        Playback playback = session.Controls.Scene!.Playback;
        if (!playback.IsPlaying) playback.Toggle();
        showFrame();
    }

    private void Until(Func<bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            if (clock.Elapsed > Patience) throw new TimeoutException("The adaptation did not end.");
            showFrame();
        }
    }
}
