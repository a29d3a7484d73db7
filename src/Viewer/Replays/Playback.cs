using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// The moment that is shown. The prior and each gradient step have a scene of their own, and all scenes last equally long.
/// Within a scene the time follows the robot's motion instead of the environment's steps:
/// <list type="number">
/// <item>Up to the share <see cref="ArrivalShare"/> of the scene the robot moves from its start until it has arrived, at an
/// even pace, whether that takes ten steps or a hundred.</item>
/// <item>Up to the share <see cref="EndShare"/> the rest of the episode runs, in which only the exploring robots still move.</item>
/// <item>In the rest of the scene the end of the episode is shown, with all trails complete.</item>
/// </list>
/// A robot that needs the whole episode to arrive moves evenly up to the second share. A film adds a rest after the last
/// scene. The playback knows nothing of drawing.
/// </summary>
public sealed class Playback
{
    public const double SlowestSpeed = 0.125, FastestSpeed = 8;

    /// <summary>The shares of a scene after which the robot has arrived, and after which its episode has ended.</summary>
    public const double ArrivalShare = 0.78, EndShare = 0.9;

    /// <summary>How long a scene takes at the usual speed.</summary>
    public const double SecondsPerScene = 3;

    // A robot that stays so near to its last place has arrived; a share of the size of the world in which robots move.
    private const float NearShare = 0.02f;

    // A robot that is never so far from its last place does not travel; a share of the same size.
    private const float FarShare = 0.15f;

    // For each episode the step at which the robot has arrived.
    private readonly IReadOnlyList<int> arrivals;

    // The share of the scene for which the end of the episode has been shown.
    private double restedShare;

    /// <param name="arrivals">For each episode the step at which the robot has arrived; the horizon where none is given</param>
    public Playback(int episodes, int horizon, IReadOnlyList<int>? arrivals = null)
    {
        (Episodes, Horizon) = (episodes, horizon);
        this.arrivals = arrivals ?? [.. Enumerable.Repeat(horizon, episodes)];
    }

    /// <summary>The playback of replays that are shown together. In each scene the last robot to arrive decides.</summary>
    public static Playback Of(params IReadOnlyList<Replay> replays)
    {
        ArgumentNullException.ThrowIfNull(replays);
        int[][] arrivals = [.. replays.Select(ArrivalsOf)];
        int[] latest = [.. Enumerable.Range(0, arrivals[0].Length).Select(episode => arrivals.Max(steps => steps[episode]))];
        return new Playback(latest.Length, replays[0].Horizon, latest);
    }

    public int Episodes { get; }
    public int Horizon { get; }

    /// <summary>The number of gradient steps that the policy in the current scene has taken.</summary>
    public int Episode { get; private set; }

    /// <summary>The time within the episode, in steps of the environment.</summary>
    public double Time { get; private set; }

    /// <summary>The steps from the start of the first episode.</summary>
    public double Position => (double)Episode * Horizon + Time;

    public double Length => (double)Episodes * Horizon;

    /// <summary>The time in the film, in scenes.</summary>
    public double FilmTime => Episode + ShareAt(Time) + restedShare;

    public bool IsPlaying { get; set; } = true;

    /// <summary>A multiple of the usual speed.</summary>
    public double Speed
    {
        get;
        set => field = Math.Clamp(value, SlowestSpeed, FastestSpeed);
    } = 1;

    /// <summary>A playback of the same scenes, at their beginning.</summary>
    public Playback Copy() => new(Episodes, Horizon, arrivals);

    /// <summary>Goes to a step of the environment, counted from the start of the first episode.</summary>
    public void Seek(double position)
    {
        position = Math.Clamp(position, 0, Length);
        Episode = Math.Min((int)(position / Horizon), Episodes - 1);
        (Time, restedShare) = (position - (double)Episode * Horizon, 0);
    }

    /// <summary>Goes to a time in the film, in scenes.</summary>
    public void SeekFilm(double scenes)
    {
        scenes = Math.Clamp(scenes, 0, Episodes);
        Episode = Math.Min((int)scenes, Episodes - 1);
        double share = scenes - Episode, arrivalShare = ShareAtArrival;
        int arrival = arrivals[Episode];
        restedShare = Math.Max(0, share - EndShare);
        Time = share < arrivalShare ? share / arrivalShare * arrival
            : Between(arrival, Horizon, (share - arrivalShare) / (EndShare - arrivalShare));
    }

    /// <summary>Lets time pass; stops at the end.</summary>
    public void Advance(double seconds)
    {
        if (!IsPlaying) return;
        SeekFilm(FilmTime + seconds * Speed / SecondsPerScene);
        if (Position >= Length) IsPlaying = false;
    }

    /// <summary>Starts or stops; at the end, starts again from the beginning.</summary>
    public void Toggle()
    {
        if (Position >= Length) Seek(0);
        IsPlaying = !IsPlaying;
    }

    /// <summary>Plays from the beginning.</summary>
    public void Restart()
    {
        Seek(0);
        IsPlaying = true;
    }

    /// <summary>Stops, and goes forward or back by whole steps.</summary>
    public void Nudge(int steps)
    {
        IsPlaying = false;
        Seek(Math.Round(Position) + steps);
    }

    /// <summary>
    /// For each scene the step at which the robot that acts by its mean has arrived, because it stays near its last place from
    /// then on. Where it hardly moves, that is the whole horizon, so that the exploring robots are shown at an even pace.
    /// </summary>
    internal static int[] ArrivalsOf(Replay replay)
    {
        Vector2[][] paths = [.. replay.Steps.Select(step => replay.World.Tips(step.Shown))];
        IEnumerable<Vector2> goal = replay.World.Goal is { } at ? [at] : [];
        var extent = WorldExtent.OfAll([.. paths.SelectMany(path => path), .. goal]);
        Vector2 size = extent.High - extent.Low;
        float longestSide = Math.Max(size.X, size.Y);
        bool Travels(Vector2[] path) => path.Any(point => Vector2.Distance(point, path[^1]) > FarShare * longestSide);
        return [.. paths.Select(path => Travels(path) ? Arrival(path, NearShare * longestSide) : replay.Horizon)];
    }

    /// <summary>The first step from which on all points are near the last one.</summary>
    private static int Arrival(Vector2[] path, float near)
    {
        int step = path.Length - 1;
        while (step > 0 && Vector2.Distance(path[step - 1], path[^1]) <= near) step--;
        return step;
    }

    /// <summary>The share of the scene after which the robot arrives: later than usual where it needs nearly the whole episode.</summary>
    private double ShareAtArrival => Math.Max(ArrivalShare, EndShare * arrivals[Episode] / Horizon);

    private double ShareAt(double time)
    {
        int arrival = arrivals[Episode];
        if (time < arrival) return ShareAtArrival * time / arrival;
        return arrival == Horizon ? EndShare : Between(ShareAtArrival, EndShare, (time - arrival) / (Horizon - arrival));
    }

    private static double Between(double from, double to, double share) =>
        from + (to - from) * Math.Min(1, double.IsNaN(share) ? 1 : share);
}
