namespace MamlRobotics.Viewer.Tests;

public class PlaybackTests
{
    [Fact]
    public void Time_runs_through_the_episodes_and_stops_at_the_end()
    {
        var playback = new Playback(3, 30);
        playback.Advance(Playback.SecondsPerScene * (1 + Playback.EndShare / 2));
        Assert.Equal(1, playback.Episode);
        Assert.Equal(15.0, playback.Time, 1e-9);
        playback.Advance(100);
        Assert.Equal((2, 30.0, false), (playback.Episode, playback.Time, playback.IsPlaying));
        playback.Toggle();
        Assert.Equal((0.0, true), (playback.Position, playback.IsPlaying));
    }

    [Fact]
    public void A_nudge_pauses_on_a_whole_step_and_stays_within_the_replay()
    {
        var playback = new Playback(2, 10);
        playback.Seek(3.6);
        playback.Nudge(1);
        Assert.Equal((5.0, false), (playback.Position, playback.IsPlaying));
        playback.Nudge(-100);
        Assert.Equal(0, playback.Position);
    }

    [Fact]
    public void Speed_scales_time_within_its_bounds()
    {
        var playback = new Playback(1, 1000);
        for (int i = 0; i < 20; i++) playback.Speed *= 2;
        Assert.Equal(Playback.FastestSpeed, playback.Speed);
        playback.Advance(Playback.EndShare * Playback.SecondsPerScene / Playback.FastestSpeed / 4);
        Assert.Equal(250, playback.Position, 1e-6);
    }

    [Fact]
    public void A_point_on_a_strip_is_the_moment_that_the_strip_shows_there()
    {
        var area = new Rect(16, 600, 1248, 72);
        var playback = new Playback(4, 100);
        Rect third = Timeline.Strip(area, 4, 2);
        Assert.Equal(225, Timeline.PositionAt(area, playback, third.X + third.Width / 4), 1e-3);
        Assert.Equal(300, Timeline.PositionAt(area, playback, third.Right + 1), 1e-3);
        Assert.Equal(0, Timeline.PositionAt(area, playback, 0));
        Assert.Equal(400, Timeline.PositionAt(area, playback, 5000), 1e-3);
    }

    [Fact]
    public void A_scene_gives_the_way_its_share_then_runs_through_the_rest_and_then_holds()
    {
        var playback = new Playback(2, 100, [10, 100]);
        playback.SeekFilm(Playback.ArrivalShare / 2);
        Assert.Equal((0, 5.0), (playback.Episode, playback.Time), Near);
        playback.SeekFilm(Playback.ArrivalShare);
        Assert.Equal((0, 10.0), (playback.Episode, playback.Time), Near);
        playback.SeekFilm((Playback.ArrivalShare + Playback.EndShare) / 2);
        Assert.Equal((0, 55.0), (playback.Episode, playback.Time), Near);
        playback.SeekFilm((1 + Playback.EndShare) / 2);
        Assert.Equal((0, 100.0), (playback.Episode, playback.Time), Near);
        // A way of the whole episode is even up to its end.
        playback.SeekFilm(1 + Playback.EndShare / 4);
        Assert.Equal((1, 25.0), (playback.Episode, playback.Time), Near);

        static bool Near((int, double) one, (int, double) other) => one.Item1 == other.Item1 && Math.Abs(one.Item2 - other.Item2) < 1e-9;
    }

    [Fact]
    public void A_moment_of_the_film_is_found_again_whether_steps_pass_or_the_end_is_held()
    {
        var playback = new Playback(3, 40, [7, 40, 39]);
        for (double film = 0; film < 3; film += 0.01)
        {
            playback.SeekFilm(film);
            Assert.Equal(film, playback.FilmTime, 1e-9);
        }
        playback.Seek(0);
        for (int i = 0; i < 1000; i++) playback.Advance(0.01 * Playback.SecondsPerScene);
        Assert.Equal((120, false), (playback.Position, playback.IsPlaying));
    }
}
