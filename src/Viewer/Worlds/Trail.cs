using System.Numerics;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>The path of a robot in an episode. It is interrupted where the robot was put elsewhere, or its angle wrapped round.</summary>
internal sealed class Trail
{
    private readonly World world;
    private readonly Trajectory episode;

    public Trail(World world, Trajectory episode)
    {
        (this.world, this.episode) = (world, episode);
        Points = world.Tips(episode);
        Jumps = [.. Enumerable.Range(0, Steps + 1).Select(step => step > 0 && world.Jumps(Points[step - 1], Points[step]))];
    }

    /// <summary>[steps + 1], the places of the robot's tip, m</summary>
    public Vector2[] Points { get; }

    /// <summary>[steps + 1], true where the robot was moved to the point instead of going there</summary>
    public bool[] Jumps { get; }

    public int Steps => episode.Steps;

    /// <summary>
    /// The places of the elbow, for an arm, and of the tip at a time, which may be between two steps. The state is interpolated
    /// between them: for an arm these are its angles and not its tip, so that its links keep their lengths.
    /// </summary>
    public (Vector2 Elbow, Vector2 Tip) At(double time)
    {
        int from = (int)Math.Clamp(time, 0, Steps), to = Math.Min(from + 1, Steps);
        float share = Jumps[to] ? 0 : (float)Math.Clamp(time - from, 0, 1);
        ReadOnlySpan<float> before = episode.State(from), after = episode.State(to);
        Span<float> between = stackalloc float[2];
        for (int i = 0; i < between.Length; i++)
        {
            float change = after[i] - before[i];
            between[i] = before[i] + share * (world.IsArm ? ShorterTurn(change) : change);
        }
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

    /// <summary>Draws the part of the trail between the last whole step and a time.</summary>
    public void DrawHead(Canvas canvas, Camera camera, double time, float width, Colour colour)
    {
        int whole = (int)time;
        if (whole >= Steps || time == whole || Jumps[whole + 1]) return;
        Vector2 before = Points[whole == 0 || Jumps[whole] ? whole : whole - 1];
        canvas.ContinuePath(camera.ToScreen(before), camera.ToScreen(Points[whole]), width, colour);
        canvas.PathTo(camera.ToScreen(At(time).Tip), width, colour);
        canvas.EndPath();
    }

    /// <summary>The turn in the shorter direction, since some arms count their angles from -π to π.</summary>
    private static float ShorterTurn(float angle) => MathF.IEEERemainder(angle, MathF.Tau);
}
