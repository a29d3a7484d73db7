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
        var trail = new Trail(World(relocates: true), Episode(0, 0.4f, 0.9f, -0.5f, -0.2f));
        Assert.Equal([false, false, false, true, false], trail.Jumps);
        var canvas = new Canvas(400, 400);
        trail.Draw(canvas, Camera, trail.Steps, 2, Theme.Dark.Text);
        // A segment is drawn where the pen is down on both of its ends and they differ.
        LinePoint[] points = canvas.Points.Span.ToArray();
        bool IsDrawn(int i) => points[i + 1].Width > 0 && points[i].X != points[i + 1].X;
        float[] drawn = [.. Enumerable.Range(1, points.Length - 2).Where(IsDrawn).Select(i => points[i + 1].X)];
        Assert.Equal([240, 290, 180], drawn);
        Assert.Equal(0.9f, trail.At(2.7).Tip.X, 1e-6f);
        Assert.Equal(-0.35f, trail.At(3.5).Tip.X, 1e-6f);
    }

    [Fact]
    public void The_same_states_are_one_trail_where_nothing_moves_the_robot()
    {
        Assert.DoesNotContain(true, new Trail(World(relocates: false), Episode(0, 0.4f, 0.9f, -0.5f, -0.2f)).Jumps);
    }

    [Fact]
    public void An_arm_keeps_its_lengths_between_two_steps_and_turns_the_shorter_way()
    {
        World arm = new(null, 0, [0.5f, 0.4f], false, default, []);
        // Both angles go by 0.4 rad through π, where they are counted on from -π.
        var trail = new Trail(arm, new Trajectory(4, [2.9f, 3, 0, 0, 3.3f - MathF.Tau, 3.4f - MathF.Tau, 0, 0], [0], false));
        foreach (double time in new[] { 0, 0.25, 0.5, 1 })
        {
            (Vector2 elbow, Vector2 tip) = trail.At(time);
            (float one, float both) = (2.9f + 0.4f * (float)time, 5.9f + 0.8f * (float)time);
            Assert.Equal(0, Vector2.Distance(elbow, 0.5f * new Vector2(MathF.Cos(one), MathF.Sin(one))), 1e-5f);
            Assert.Equal(0, Vector2.Distance(tip - elbow, 0.4f * new Vector2(MathF.Cos(both), MathF.Sin(both))), 1e-5f);
        }
    }

    [Fact]
    public void Twice_as_many_trails_in_one_place_are_half_as_opaque_and_a_closer_look_makes_them_clearer()
    {
        static Trail Tangled(int phase)
        {
            float[] states = [.. Enumerable.Range(0, 82).Select(t => MathF.Sin(phase + 1.7f * t))];
            return new Trail(World(relocates: false), new Trajectory(2, states, new float[40], false));
        }
        Trail[] some = [.. Enumerable.Range(0, 4).Select(Tangled)];
        double opacity = TrailCloud.Of(some).Opacity(60);
        Assert.Equal(opacity / 2, TrailCloud.Of([.. some, .. some]).Opacity(60), 1e-3);
        Assert.Equal(1.5 * opacity, TrailCloud.Of(some).Opacity(90), 1e-6);
        // A few trails are no bolder than the paths of the mean action, and very many can still be seen.
        Assert.Equal(TrailCloud.Of(some[..1]).Opacity(1000), TrailCloud.Of(some[..2]).Opacity(1000));
        Assert.True(TrailCloud.Of([.. Enumerable.Repeat(some, 1000).SelectMany(trails => trails)]).Opacity(60) > 0);
    }

    private static World World(bool relocates) => new(new(1, 0), 0.2f, [], false, default, [], relocates);

    private static Trajectory Episode(params float[] x) =>
        new(2, [.. x.SelectMany(value => new[] { value, 0 })], new float[x.Length - 1], false);
}
