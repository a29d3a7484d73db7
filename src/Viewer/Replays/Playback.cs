using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// The moment that is shown. Each gradient step has a scene of its own, the prior's is the first, and all scenes last
/// equally long. Within a scene the time of the film follows the robot's motion, not the steps of the environment:
/// <list type="number">
/// <item>For the share <see cref="WayShare"/> of the scene the robot is on its way, from the start until it has arrived, at an
/// even pace, whether that takes ten steps or a hundred.</item>
/// <item>Up to the share <see cref="EndShare"/> the rest of the episode runs, in which only those that explore still move.</item>
/// <item>For what remains the end is shown, with all trails complete.</item>
/// </list>
/// A way that takes the whole episode goes on evenly up to the second mark. A film adds a rest after the last scene.
/// Knows nothing of drawing.
/// </summary>
public sealed class Playback
{
    public const double SlowestSpeed = 0.125, FastestSpeed = 8;

    /// <summary>Where in a scene, of length 1, the robot has arrived, and where its episode has ended.</summary>
    public const double WayShare = 0.78, EndShare = 0.9;

    /// <summary>How long a scene takes at the usual speed.</summary>
    public const double SecondsPerScene = 3;

    // Of the size of the part of the world in which robots move: who stays so near to the last place has arrived.
    private const float Near = 0.02f;

    // And who never gets this far from the last place is on no way at all.
    private const float Far = 0.15f;

    private readonly IReadOnlyList<int> ways;

    // The share of the scene for which its end has been shown.
    private double held;

    /// <param name="ways">For each episode the steps until the robot has arrived; the whole horizon where none is given</param>
    public Playback(int episodes, int horizon, IReadOnlyList<int>? ways = null)
    {
        (Episodes, Horizon) = (episodes, horizon);
        this.ways = ways ?? [.. Enumerable.Repeat(horizon, episodes)];
    }

    /// <summary>Scenes of replays that are shown together: each is as long as the longest way asks for.</summary>
    public static Playback Of(params IReadOnlyList<Replay> replays)
    {
        ArgumentNullException.ThrowIfNull(replays);
        int[][] ways = [.. replays.Select(WaysOf)];
        return new Playback(ways[0].Length, replays[0].Horizon, [.. ways[0].Select((_, episode) => ways.Max(way => way[episode]))]);
    }

    public int Episodes { get; }
    public int Horizon { get; }

    /// <summary>The gradient steps that the shown policy has taken.</summary>
    public int Episode { get; private set; }

    /// <summary>Time within the episode, in steps of the environment.</summary>
    public double Time { get; private set; }

    /// <summary>Steps from the start of the first episode.</summary>
    public double Position => (double)Episode * Horizon + Time;

    public double Length => (double)Episodes * Horizon;

    /// <summary>The moment in the film, in scenes.</summary>
    public double Film => Episode + ShareAt(Time) + held;

    public bool IsPlaying { get; set; } = true;

    /// <summary>A multiple of the usual speed.</summary>
    public double Speed
    {
        get;
        set => field = Math.Clamp(value, SlowestSpeed, FastestSpeed);
    } = 1;

    /// <summary>The same scenes, from their beginning.</summary>
    public Playback Twin() => new(Episodes, Horizon, ways);

    /// <summary>Goes to a step of the environment, counted from the start of the first episode.</summary>
    public void Seek(double position)
    {
        position = Math.Clamp(position, 0, Length);
        Episode = Math.Min((int)(position / Horizon), Episodes - 1);
        (Time, held) = (position - (double)Episode * Horizon, 0);
    }

    /// <summary>Goes to a moment of the film, in scenes.</summary>
    public void SeekFilm(double scenes)
    {
        scenes = Math.Clamp(scenes, 0, Episodes);
        Episode = Math.Min((int)scenes, Episodes - 1);
        double share = scenes - Episode, arrived = Arrived;
        held = Math.Max(0, share - EndShare);
        Time = share < arrived ? share / arrived * ways[Episode]
            : Between(ways[Episode], Horizon, (share - arrived) / (EndShare - arrived));
    }

    /// <summary>Lets time pass; stops at the end.</summary>
    public void Advance(double seconds)
    {
        if (!IsPlaying) return;
        SeekFilm(Film + seconds * Speed / SecondsPerScene);
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

    /// <summary>Stops, and goes on or back by whole steps.</summary>
    public void Nudge(int steps)
    {
        IsPlaying = false;
        Seek(Math.Round(Position) + steps);
    }

    /// <summary>
    /// The steps until each robot that acts by its mean has arrived: from then on it stays near to where it ends. One that
    /// hardly moves leaves its scene to those that explore, for the whole horizon.
    /// </summary>
    internal static int[] WaysOf(Replay replay)
    {
        Vector2[][] ways = [.. replay.Steps.Select(step => new Trail(replay.World, step.Shown).Points)];
        var extent = WorldExtent.OfAll([.. ways.SelectMany(way => way), .. replay.World.Goal is { } goal ? (Vector2[])[goal] : []]);
        Vector2 size = extent.High - extent.Low;
        float whole = Math.Max(size.X, size.Y);
        bool Travels(Vector2[] way) => way.Any(point => Vector2.Distance(point, way[^1]) > Far * whole);
        return [.. ways.Select(way => Travels(way) ? Arrival(way, Near * whole) : replay.Horizon)];
    }

    /// <summary>The first step from which on all points are near to the last.</summary>
    private static int Arrival(Vector2[] way, float near)
    {
        int step = way.Length - 1;
        while (step > 0 && Vector2.Distance(way[step - 1], way[^1]) <= near) step--;
        return step;
    }

    /// <summary>Where in the scene the robot arrives: later than usual where the way is nearly as long as the episode.</summary>
    private double Arrived => Math.Max(WayShare, EndShare * ways[Episode] / Horizon);

    private double ShareAt(double time)
    {
        int way = ways[Episode];
        return time < way ? Arrived * time / way : way == Horizon ? EndShare : Between(Arrived, EndShare, (time - way) / (Horizon - way));
    }

    private static double Between(double from, double to, double share) => from + (to - from) * Math.Min(1, double.IsNaN(share) ? 1 : share);
}
