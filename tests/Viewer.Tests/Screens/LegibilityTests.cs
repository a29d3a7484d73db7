namespace MamlRobotics.Viewer.Tests;

/// <summary>Nothing that is written lies on anything else that is written.</summary>
public class LegibilityTests
{
    // From half a small window to a large one, and one that stands upright.
    public static TheoryData<int, int> Windows => new()
    {
        { 480, 300 }, { 640, 360 }, { 640, 900 }, { 900, 520 }, { 960, 540 }, { 1280, 720 }, { 1920, 1080 },
    };

    [Theory, MemberData(nameof(Windows))]
    public void No_two_letters_of_any_screen_cover_each_other(int width, int height)
    {
        foreach ((string name, IScene scene) in Scenes(width, height))
        {
            foreach (double film in new[] { 0, 0.4, 1.5, scene.Playback.Episodes })
            {
                scene.Playback.SeekFilm(film);
                var canvas = new Canvas(width, height);
                scene.DrawStill(canvas);
                scene.DrawAdditions(canvas);
                scene.DrawMoving(canvas);
                Letters.AssertApart(canvas, new Rect(-3, -3, width + 6, height + 6), $"{name}, {width}x{height}, at {film}");
            }
        }
    }

    [Theory, MemberData(nameof(Windows))]
    public void The_help_stays_in_the_window_in_letters_that_can_be_read(int width, int height)
    {
        var brush = new Brush(new Canvas(width, height), Theme.Dark);
        foreach (bool canAdapt in new[] { true, false })
        {
            brush.Canvas.Begin(width, height);
            HelpOverlay.Draw(brush, Fixtures.Request(0.3, 0.25), canAdapt);
            Letters.AssertApart(brush.Canvas, new Rect(0, 0, width, height), $"help, {width}x{height}");
            // Capitals have at least 7 points, except in windows that are smaller than any screen.
            const float Readable = 7;
            GlyphInstance[] glyphs = width < 640 ? [] : brush.Canvas.Glyphs.Span.ToArray();
            Assert.All(glyphs, glyph => Assert.True(glyph.PixelsPerUnit * StrokeFont.CapHeight >= Readable));
        }
    }

    private static IEnumerable<(string Name, IScene Scene)> Scenes(int width, int height)
    {
        (string, Replay)[] replays =
        [
            ("point", Fixtures.Point()), ("wind and walls", Fixtures.Point(new(0.03f, -0.02f), [0.5f, 2.5f])), ("moved", Fixtures.Moved()),
            ("arm", Fixtures.Arm()), ("load", Fixtures.Load()), ("disc", Fixtures.Loaded(isOutOfReach: false)),
            ("out of reach", Fixtures.Loaded(isOutOfReach: true)), ("plane", Fixtures.Plane()),
            ("large", Large(Fixtures.Point())), ("large load", Large(Fixtures.Load())),
        ];
        foreach ((string name, Replay replay) in replays)
        {
            foreach (int steps in new[] { 0, 1, 3, 9 })
            {
                Replay one = Fixtures.With(replay, steps, "family");
                yield return ($"{name}, {steps} steps", new ReplayScreen(one, Theme.Dark, width, height));
                if (steps != 3) continue;
                var live = new ReplayScreen(one, Theme.Light, width, height, isLive: true) { HeaderFree = Transport.Width };
                yield return ($"{name}, live", live);
                Playback playback = Playback.Of(one, one);
                ReplayScreen Half(int half) => new(one, Theme.Dark, width, height, playback, new(half, one));
                yield return ($"{name}, twice", new SideBySide([Half(0), Half(1)]));
            }
        }
        yield return ("all tasks", new PopulationScreen(Fixtures.Population(), Theme.Dark, width, height));
    }

    /// <summary>The same with returns of many digits, as of long episodes with large costs.</summary>
    private static Replay Large(Replay replay) => replay with
    {
        UntrainedReturn = 1000 * replay.UntrainedReturn,
        Steps = [.. replay.Steps.Select(Times)],
        Map = replay.Map with { Prior = Times(replay.Map.Prior), Adapted = Times(replay.Map.Adapted) },
    };

    private static ReplayStep Times(ReplayStep step) =>
        step with { Shown = Times(step.Shown), Trajectories = [.. step.Trajectories.Select(Times)] };

    private static MetaRL.Trajectory Times(MetaRL.Trajectory trajectory) =>
        trajectory with { Rewards = [.. trajectory.Rewards.Select(reward => 1000 * reward)] };

    private static double[] Times(double[] returns) => [.. returns.Select(value => 1000 * value)];
}
