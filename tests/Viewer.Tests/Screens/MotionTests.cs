using System.Numerics;

namespace MamlRobotics.Viewer.Tests;

/// <summary>What moves in a film, and when.</summary>
public class MotionTests
{
    private const int Width = 960, Height = 540, Frames = 200;

    [Fact]
    public void The_robot_moves_in_most_frames_of_a_film_even_where_it_needs_an_eighth_of_the_horizon()
    {
        Replay replay = Fixtures.Fast(Fixtures.Horizon / 8);
        (int[] scenes, int moved) = (new int[replay.Steps.Count], 0);
        Vector2 before = default;
        Film(replay, screen =>
        {
            Playback playback = screen.Playback;
            Vector2 at = screen.Camera.ToScreen(new Trail(replay.World, replay.Steps[playback.Episode].Shown).At(playback.Time).Tip);
            if (playback.Episode > 0 && Vector2.Distance(at, before) > 0.5f) moved++;
            (before, scenes[playback.Episode]) = (at, scenes[playback.Episode] + 1);
        });
        // The prior's robot stands still, in a scene as long as the others; the rest of the film comes after the last one.
        Assert.True(moved > 0.7 * scenes[1..].Min() * (scenes.Length - 1), $"{moved} of {Frames}");
        Assert.All(scenes[..^1], frames => Assert.InRange(frames, scenes[0] - 1, scenes[0] + 1));
        Assert.True(scenes[^1] > scenes[0]);
    }

    [Fact]
    public void A_robot_has_arrived_when_it_stays_near_to_where_it_ends_and_one_that_never_left_leaves_time_to_those_that_explore() =>
        Assert.Equal([Fixtures.Horizon, 5, 5, 5], Playback.ArrivalsOf(Fixtures.Fast(5)));

    [Fact]
    public void Sampled_trails_begin_with_nothing_grow_and_are_whole_before_the_scene_ends()
    {
        Replay replay = Fixtures.Fast(5);
        (double kept, double before, int episode, int scenes) = (0, 0, -1, 0);
        var canvas = new Canvas(Width, Height);
        Film(replay, screen =>
        {
            Playback playback = screen.Playback;
            bool isNew = playback.Episode != episode;
            if (isNew) (kept, before, episode, scenes) = (0, 0, playback.Episode, scenes + 1);
            Assert.Equal(isNew, screen.IsStale);
            if (isNew) screen.DrawStill(canvas);
            canvas.Begin(Width, Height);
            screen.DrawAdditions(canvas);
            kept += Ink(canvas, screen);
            canvas.Begin(Width, Height);
            screen.DrawMoving(canvas);
            double ink = kept + Ink(canvas, screen), whole = Whole(screen);
            Assert.True(ink >= before - 0.01, $"{ink} after {before}");
            Assert.True(!isNew || ink < 0.2 * whole);
            if (playback.FilmTime - episode >= Playback.EndShare) Assert.Equal(whole, ink, 1e-3 * whole);
            before = ink;
        });
        Assert.Equal(replay.Steps.Count, scenes);
    }

    [Fact]
    public void Every_scene_has_its_caption_and_the_last_one_tells_the_whole_story()
    {
        Replay replay = Fixtures.Point();
        string[] captions = new string[replay.Steps.Count];
        Film(replay, screen =>
        {
            var canvas = new Canvas(Width, Height);
            screen.DrawMoving(canvas);
            string text = Letters.Text(canvas), caption = WorldScene.Captions(replay, screen.Playback.Episode)[0];
            Assert.Contains(caption.Replace(" ", ""), text);
            captions[screen.Playback.Episode] = caption;
        });
        Assert.Equal(captions.Length, captions.Distinct().Count());
        Assert.Contains($"{Brush.Return(replay.Steps[0].Returns.Mean)} → {Brush.Return(replay.Steps[^1].Returns.Mean)}", captions[^1]);
        Assert.Contains($"{3 * Fixtures.Trajectories} trajectories", captions[^1]);
    }

    /// <summary>Looks at every moment of a film.</summary>
    private static void Film(Replay replay, Action<ReplayScreen> look)
    {
        var screen = new ReplayScreen(replay, Theme.Dark, Width, Height);
        Clip film = PictureStudio.FilmOf(Width, Height, screen.Playback, Frames / 25.0, 25, _ => look(screen));
        for (int frame = 0; frame < film.Frames; frame++) film.Draw(frame, new Bitmap(1, 1));
    }

    /// <summary>Length of the thin lines in the colour of the step that is shown.</summary>
    private static double Ink(Canvas canvas, ReplayScreen screen)
    {
        Colour colour = screen.Theme.Step(screen.Playback.Episode, screen.Replay.InnerSteps);
        LinePoint[] points = [.. canvas.Points.Span.ToArray()];
        bool IsSampled(LinePoint point) => point.Width == 1 && point.Colour with { A = colour.A } == colour;
        return Enumerable.Range(1, Math.Max(0, points.Length - 1)).Where(i => IsSampled(points[i]))
            .Sum(i => (double)Vector2.Distance(new(points[i - 1].X, points[i - 1].Y), new(points[i].X, points[i].Y)));
    }

    private static double Whole(ReplayScreen screen) => screen.Replay.Steps[screen.Playback.Episode].Trajectories
        .Sum(trajectory => Enumerable.Range(1, trajectory.Steps)
            .Sum(t => (double)Vector2.Distance(At(screen, trajectory, t - 1), At(screen, trajectory, t))));

    private static Vector2 At(ReplayScreen screen, MetaRL.Trajectory trajectory, int t) =>
        screen.Camera.ToScreen(screen.Replay.World.Tip(trajectory.State(t)));
}
