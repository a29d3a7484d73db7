using System.Numerics;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer.Tests;

public class TrailTests
{
    private static readonly Camera Camera = new(new Rect(0, 0, 400, 400), default, 100);

    [Fact]
    public void A_trail_breaks_where_the_robot_was_moved_to_a_new_start()
    {
        // The third state is within the goal's radius, so that the step from it ends at a new start.
        Trail trail = Trail.Of(World(relocates: true), Episode(0, 0.4f, 0.9f, -0.5f, -0.2f));
        Assert.Equal([false, false, false, true, false], trail.Jumps);
        var canvas = new Canvas(400, 400);
        trail.Draw(canvas, Camera, trail.Steps, 2, Theme.Dark.Text);
        // A segment is drawn where the pen is down on both of its ends and they differ.
        LinePoint[] points = canvas.Points.Span.ToArray();
        float[] drawn = [.. Enumerable.Range(1, points.Length - 2).Where(i => points[i + 1].Width > 0 && points[i].X != points[i + 1].X).Select(i => points[i + 1].X)];
        Assert.Equal([240, 290, 180], drawn);
        Assert.Equal(0.9f, trail.At(2.7).X, 1e-6f);
        Assert.Equal(-0.35f, trail.At(3.5).X, 1e-6f);
    }

    [Fact]
    public void The_same_states_are_one_trail_where_nothing_moves_the_robot()
    {
        Assert.DoesNotContain(true, Trail.Of(World(relocates: false), Episode(0, 0.4f, 0.9f, -0.5f, -0.2f)).Jumps);
    }

    private static World World(bool relocates) => new(new(1, 0), 0.2f, [], false, default, [], relocates);

    private static Trajectory Episode(params float[] x) => new(2, [.. x.SelectMany(value => new[] { value, 0 })], new float[x.Length - 1], false);
}
