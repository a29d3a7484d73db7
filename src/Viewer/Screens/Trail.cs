using System.Numerics;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>The way of a robot's tip through an episode. Where the environment moved the robot, the way breaks.</summary>
/// <param name="Points">[steps + 1], m</param>
/// <param name="Jumps">[steps + 1], true where the robot was moved to the point instead of going there</param>
internal sealed record Trail(Vector2[] Points, bool[] Jumps)
{
    public int Steps => Points.Length - 1;

    public static Trail Of(World world, Trajectory trajectory)
    {
        var points = new Vector2[trajectory.Steps + 1];
        var jumps = new bool[points.Length];
        for (int t = 0; t < points.Length; t++)
        {
            points[t] = world.Tip(trajectory.State(t));
            jumps[t] = t > 0 && world.Relocates(points[t - 1]);
        }
        return new Trail(points, jumps);
    }

    /// <summary>Where the robot is at a time between steps, too.</summary>
    public Vector2 At(double time)
    {
        int from = (int)Math.Clamp(time, 0, Steps), to = Math.Min(from + 1, Steps);
        return Jumps[to] ? Points[from] : Vector2.Lerp(Points[from], Points[to], (float)Math.Clamp(time - from, 0, 1));
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
        if (whole < Steps && !Jumps[whole + 1]) canvas.PathTo(camera.ToScreen(At(until)), width, colour);
        canvas.EndPath();
    }
}
