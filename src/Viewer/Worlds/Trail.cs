using System.Numerics;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>An episode as a robot moved in the world. Where the robot was put elsewhere, or its angle began anew, its way breaks.</summary>
internal sealed class Trail
{
    private readonly World world;
    private readonly Trajectory episode;

    public Trail(World world, Trajectory episode)
    {
        (this.world, this.episode) = (world, episode);
        Points = [.. Enumerable.Range(0, Steps + 1).Select(step => world.Tip(episode.State(step)))];
        Jumps = [.. Enumerable.Range(0, Steps + 1).Select(step => step > 0 && world.Jumps(Points[step - 1], Points[step]))];
    }

    /// <summary>[steps + 1], where the robot's tip was, m</summary>
    public Vector2[] Points { get; }

    /// <summary>[steps + 1], true where the robot was moved to the point instead of going there</summary>
    public bool[] Jumps { get; }

    public int Steps => episode.Steps;

    /// <summary>
    /// The elbow, of a robot that has one, and the tip at a time between steps, too. What the state says is taken to
    /// change evenly in between: an arm's angles, not its tip, so that its links keep their lengths.
    /// </summary>
    public (Vector2 Elbow, Vector2 Tip) At(double time)
    {
        int from = (int)Math.Clamp(time, 0, Steps), to = Math.Min(from + 1, Steps);
        float share = Jumps[to] ? 0 : (float)Math.Clamp(time - from, 0, 1);
        ReadOnlySpan<float> before = episode.State(from), after = episode.State(to);
        Span<float> between = stackalloc float[2];
        for (int i = 0; i < between.Length; i++) between[i] = before[i] + share * (world.IsArm ? Turn(after[i] - before[i]) : after[i] - before[i]);
        return (world.IsArm ? world.Elbow(between) : default, world.Tip(between));
    }

    public void Draw(Canvas canvas, Camera camera, double until, float width, Colour colour)
    {
        canvas.BeginPath(camera.ToScreen(Points[0]), width, colour);
        int whole = (int)Math.Min(until, Steps);
        for (int t = 1; t <= whole; t++)
        {
            if (Jumps[t])
            {
                canvas.EndPath();
                canvas.BeginPath(camera.ToScreen(Points[t]), width, colour);
            }
            else canvas.PathTo(camera.ToScreen(Points[t]), width, colour);
        }
        if (whole < Steps && !Jumps[whole + 1]) canvas.PathTo(camera.ToScreen(At(until).Tip), width, colour);
        canvas.EndPath();
    }

    /// <summary>The part of a trail between the last whole step and a time.</summary>
    public void DrawHead(Canvas canvas, Camera camera, double time, float width, Colour colour)
    {
        int whole = (int)time;
        if (whole >= Steps || time == whole || Jumps[whole + 1]) return;
        Vector2 before = Points[whole == 0 || Jumps[whole] ? whole : whole - 1];
        canvas.ContinuePath(camera.ToScreen(before), camera.ToScreen(Points[whole]), width, colour);
        canvas.PathTo(camera.ToScreen(At(time).Tip), width, colour);
        canvas.EndPath();
    }

    /// <summary>The shorter way round: some arms count their angles from -π to π.</summary>
    private static float Turn(float angle) => MathF.IEEERemainder(angle, MathF.Tau);
}
