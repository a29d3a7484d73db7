using System.Numerics;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Viewer.Tests;

public class PopulationTests
{
    private const int Width = 1280, Height = 720;

    [FactWithOpenGl]
    public void Trails_that_grow_frame_by_frame_end_as_those_that_are_drawn_at_once()
    {
        Bitmap grown = Draw(stepsPerFrame: 1, frames: Fixtures.Horizon), atOnce = Draw(stepsPerFrame: Fixtures.Horizon, frames: 1);
        int most = Enumerable.Range(0, grown.Pixels.Length).Max(i => Math.Abs(grown.Pixels[i] - atOnce.Pixels[i]));
        // One colour over itself is the same in any order but for rounding, so joints are drawn neither twice nor not at all.
        Assert.InRange(most, 0, 6);
    }

    [Fact]
    public void Trails_catch_up_a_few_steps_a_frame_and_begin_anew_when_time_goes_back()
    {
        PopulationScreen screen = Screen(Fixtures.Population(robots: 5), stepsPerFrame: 4);
        var canvas = new Canvas(Width, Height);
        screen.Playback.Seek(2 * Fixtures.Horizon + 30);
        screen.DrawStill(canvas);
        Assert.False(screen.IsStale);
        // Four steps take five points and the two beside them.
        Assert.Equal([140, 140], Enumerable.Range(0, 2).Select(_ => Gained(screen, canvas)));
        for (int i = 0; i < 20; i++) Gained(screen, canvas);
        Assert.Equal(0, Gained(screen, canvas));
        screen.Playback.Seek(2 * Fixtures.Horizon + 29);
        Assert.True(screen.IsStale);
        screen.DrawStill(canvas);
        Assert.Equal(140, Gained(screen, canvas));
    }

    [Fact]
    public void A_film_has_whole_trails_in_every_frame()
    {
        var copy = (PopulationScreen)Screen(Fixtures.Population(robots: 5), stepsPerFrame: 4).Copy();
        var canvas = new Canvas(Width, Height);
        copy.Playback.Seek(copy.Playback.Length);
        copy.DrawStill(canvas);
        Assert.True(Gained(copy, canvas) > 0);
        Assert.Equal(0, Gained(copy, canvas));
    }

    [Fact]
    public void A_trail_is_not_drawn_where_a_robot_was_moved_to_a_new_start()
    {
        PopulationScreen screen = Screen(Fixtures.Population(robots: 1, relocates: true), Fixtures.Horizon);
        var canvas = new Canvas(Width, Height);
        screen.Playback.Seek(screen.Playback.Length);
        screen.DrawStill(canvas);
        canvas.Begin(Width, Height);
        screen.DrawAdditions(canvas);
        // The pen is lifted at the ends of both parts; the way between them would be one segment more.
        LinePoint[] points = canvas.Points.Span.ToArray();
        int drawn = Enumerable.Range(0, points.Length - 3).Count(i => points[i + 2].Width > 0);
        Assert.Equal(4 * (Fixtures.Horizon - 1), drawn);
    }

    [FactWithOpenGl]
    public void Robots_are_drawn_where_they_are_and_goals_over_them()
    {
        Population population = Fixtures.Population(robots: 1);
        PopulationScreen screen = Screen(population, Fixtures.Horizon);
        screen.Playback.Seek(3 * Fixtures.Horizon + 12);
        var bitmap = new Bitmap(Width, Height);
        using var studio = new PictureStudio(HeadlessContext.Create(), Width, Height);
        studio.Draw(screen, bitmap);
        for (int robot = 0; robot < 4; robot++)
        {
            Vector2 at = screen.Camera.ToScreen(population.Steps[3].Tips[robot * (Fixtures.Horizon + 1) + 12]);
            Vector2 goal = screen.Camera.ToScreen(population.Worlds[robot].Goal!.Value);
            Pixels.AssertNear(Theme.Dark.Step(3, 3), bitmap[(int)at.X, (int)at.Y], 100);
            Pixels.AssertNear(Theme.Dark.Goal, bitmap[(int)MathF.Round(goal.X - 7.4f), (int)goal.Y], 100);
        }
    }

    private static int Gained(PopulationScreen screen, Canvas canvas)
    {
        canvas.Begin(Width, Height);
        screen.DrawAdditions(canvas);
        return canvas.Points.Count;
    }

    private static PopulationScreen Screen(Population population, int stepsPerFrame) =>
        new(population, Theme.Dark, Width, Height) { StepsPerFrame = stepsPerFrame };

    private static Bitmap Draw(int stepsPerFrame, int frames)
    {
        using var studio = new PictureStudio(HeadlessContext.Create(), Width, Height);
        PopulationScreen screen = Screen(Fixtures.Population(), stepsPerFrame);
        screen.Playback.Seek(screen.Playback.Length);
        for (int frame = 0; frame < frames; frame++) studio.Show(screen);
        var bitmap = new Bitmap(Width, Height);
        studio.Draw(screen, bitmap);
        return bitmap;
    }
}
