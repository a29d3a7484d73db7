namespace MamlRobotics.Viewer.Tests;

public class PlaybackTests
{
    [Fact]
    public void Time_runs_through_the_episodes_and_stops_at_the_end()
    {
        var playback = new Playback(3, 30);
        playback.Advance(1.5);
        Assert.Equal((1, 15.0), (playback.Episode, playback.Time));
        playback.Advance(100);
        Assert.Equal((2, 30.0, false), (playback.Episode, playback.Time, playback.IsPlaying));
        playback.Toggle();
        Assert.Equal((0.0, true), (playback.Position, playback.IsPlaying));
    }

    [Fact]
    public void A_nudge_pauses_on_a_whole_step_and_stays_within_the_replay()
    {
        var playback = new Playback(2, 10);
        playback.Advance(0.12);
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
        playback.Advance(1);
        Assert.Equal(240, playback.Position);
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
}
