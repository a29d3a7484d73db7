using System.Numerics;
using MamlRobotics.FewShot;
using Silk.NET.Input;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Keys, buttons and the mouse over an episode, without a window.</summary>
public class EpisodeControlsTests
{
    private static readonly Vector2[] Line = [new(0.2f, 0.2f), new(0.5f, 0.6f), new(0.8f, 0.8f)];

    [Fact]
    public void Steps_are_gone_through_by_keys_buttons_cells_and_by_themselves()
    {
        var hands = new EpisodeHands(EpisodeHands.Fixed);
        Assert.True(hands.Controls.IsPlaying);
        Assert.Equal(0, hands.Moment.Progress);
        hands.Controls.Advance(0.5);
        Assert.InRange(hands.Moment.Progress, 0.1, 0.9);
        hands.Press(Key.Right);
        Assert.Equal((1, false), (hands.Moment.Progress, hands.Controls.IsPlaying));
        hands.Press(Key.Left, Key.Left);
        Assert.Equal(0, hands.Moment.Progress);
        Rect cells = LiveEpisodeScreen.Cells(hands.Controls.Layout.Footer);
        hands.Click(StepCells.Place(cells, 2, 3).Centre);
        Assert.Equal(2, hands.Moment.Progress);
        hands.Press(Key.Space);
        for (int frame = 0; frame < 100; frame++) hands.Controls.Advance(0.1);
        Assert.Equal((3, false), (hands.Moment.Progress, hands.Controls.IsPlaying));
        hands.Press(Key.Home, Key.RightBracket, Key.End);
        Assert.Equal(4, hands.Moment.Progress);
        Assert.Equal(4, hands.Asked[^1].Steps);
    }

    [Fact]
    public void Other_episodes_begin_at_their_beginning_and_there_is_none_before_the_first()
    {
        var hands = new EpisodeHands(EpisodeHands.Fixed);
        hands.Draw(Line);
        hands.Press(Key.Enter, Key.End, Key.N);
        Assert.Equal(4, hands.Asked[^1].Number);
        Assert.Empty(hands.Asked[^1].Classes);
        Assert.Equal(0, hands.Moment.Progress);
        int asked = hands.Asked.Count;
        hands.Press(Key.P, Key.P, Key.P, Key.P, Key.P);
        Assert.Equal(1, hands.Asked[^1].Number);
        Assert.Equal(asked + 3, hands.Asked.Count);
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(640, 360)]
    public void A_click_on_a_query_picture_says_why(int width, int height)
    {
        var hands = new EpisodeHands(EpisodeHands.Fixed, width, height);
        PictureGrid grid = PicturesPanel.Grid(hands.Controls.Layout.Pictures, hands.Moment.Episode);
        foreach (int query in new[] { 0, 7, 24 })
        {
            hands.Click(grid.Query(query)!.Value.Centre);
            Assert.Equal(query, hands.Moment.Selected);
        }
        Rect[] places = [.. Enumerable.Range(0, 25).Select(query => grid.Query(query)!.Value),
            .. Enumerable.Range(0, 5).Select(support => grid.Support(support)!.Value)];
        Assert.All(places, place => Assert.Single(places, place.Overlaps));
        Assert.All(places, place => Assert.True(hands.Controls.Layout.Pictures.Encloses(place)));
    }

    [Fact]
    public void A_drawing_is_a_query_picture_while_it_is_drawn_and_becomes_a_class_by_enter()
    {
        var hands = new EpisodeHands(EpisodeHands.Comparing);
        hands.Draw(Line);
        Assert.Equal(Line.Length, hands.Asked.Count - 1);
        IReadOnlyList<Vector2> stroke = Assert.Single(hands.Asked[^1].Query.Strokes);
        foreach ((Vector2 wanted, Vector2 drawn) in Line.Zip(stroke)) Assert.True(Vector2.Distance(wanted, drawn) < 0.01);
        Assert.Equal(hands.Moment.Adaptation.Drawn, hands.Moment.Selected);
        hands.Press(Key.Enter);
        Assert.Equal(stroke, Assert.Single(Assert.Single(hands.Asked[^1].Classes).Strokes));
        Assert.True(hands.Asked[^1].Query.IsEmpty);
        Assert.Contains("class F", hands.Controls.Notice, StringComparison.Ordinal);
        Assert.Equal(6, hands.Moment.Episode.Classes.Count);
        // The second drawing is compared with the first.
        hands.Draw(Line);
        Assert.Single(hands.Asked[^1].Classes);
        Assert.Single(hands.Asked[^1].Query.Strokes);
        Assert.Equal(5, hands.Moment.Shown.Predicted(hands.Moment.Selected!.Value));
    }

    [Fact]
    public void Strokes_are_taken_back_one_by_one_then_classes_and_the_pad_is_cleared()
    {
        var hands = new EpisodeHands(EpisodeHands.Comparing);
        hands.Draw(Line);
        hands.Press(Key.Enter);
        hands.Draw(Line);
        hands.Draw(new Vector2(0.5f, 0.1f), new Vector2(0.5f, 0.9f));
        hands.Press(Key.Z);
        Assert.Single(hands.Asked[^1].Query.Strokes);
        hands.Press(Key.Z);
        Assert.True(hands.Asked[^1].Query.IsEmpty);
        hands.Press(Key.Z);
        Assert.Empty(hands.Asked[^1].Classes);
        int asked = hands.Asked.Count;
        hands.Press(Key.Z, Key.C);
        Assert.Equal(asked, hands.Asked.Count);
        hands.Draw(Line);
        hands.Click(PadPanel.Place(Brush.Inside(hands.Controls.Layout.Draw), Key.C).Centre);
        Assert.True(hands.Asked[^1].Query.IsEmpty);
    }

    [Fact]
    public void A_stroke_ends_at_the_edge_of_the_pad_and_only_the_left_button_draws()
    {
        var hands = new EpisodeHands(EpisodeHands.Comparing);
        hands.Draw(new Vector2(0.5f, 0.5f), new Vector2(40, -3));
        Assert.Equal(new Vector2(1, 0), hands.Asked[^1].Query.Strokes[0][^1]);
        int asked = hands.Asked.Count;
        hands.Controls.MouseMove(hands.Pad.Centre);
        hands.Controls.MouseDown(MouseButton.Right);
        hands.Controls.MouseMove(hands.Pad.Centre + new Vector2(10));
        hands.Controls.MouseUp(MouseButton.Right);
        Assert.Equal(asked, hands.Asked.Count);
    }

    [Fact]
    public void A_network_of_fixed_classes_keeps_one_class_of_the_data()
    {
        var hands = new EpisodeHands(EpisodeHands.Fixed);
        for (int own = 0; own < 6; own++)
        {
            hands.Draw(Line);
            hands.Press(Key.Enter);
            if (own == 0) Assert.Contains("class E, in the place of another", hands.Controls.Notice, StringComparison.Ordinal);
        }
        Assert.Equal(4, hands.Asked[^1].Classes.Count);
        Assert.Contains("no room", hands.Controls.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void The_controls_say_how_to_start_and_what_cannot_be()
    {
        var hands = new EpisodeHands(EpisodeHands.Comparing);
        Assert.Contains("drawacharacterofyourown", Letters.Text(hands.Drawn()), StringComparison.Ordinal);
        hands.Press(Key.RightBracket);
        Assert.Contains("takes no gradient steps", hands.Controls.Notice, StringComparison.Ordinal);
        hands.Press(Key.Enter);
        Assert.Contains("Draw a character", hands.Controls.Notice, StringComparison.Ordinal);
        hands.Controls.Advance(60);
        Assert.Equal("", hands.Controls.Notice);
        hands.Draw(Line);
        Assert.DoesNotContain("drawacharacterofyourown", Letters.Text(hands.Drawn()), StringComparison.Ordinal);
        Assert.Contains("episode3", Letters.Text(hands.Drawn()), StringComparison.Ordinal);
        hands.Press(Key.F1, Key.Escape);
        Assert.False(hands.Controls.ShowsHelp || hands.Controls.WantsToQuit);
        hands.Press(Key.T, Key.Q);
        Assert.Equal((Theme.Light, true), (hands.Controls.Theme, hands.Controls.WantsToQuit));
    }

    [Fact]
    public void A_small_window_has_tabs_for_its_one_panel()
    {
        var hands = new EpisodeHands(EpisodeHands.Fixed, 640, 360);
        Assert.Equal((EpisodePanel.Why, true), (hands.Controls.Panel, hands.Controls.Layout.Draw.IsEmpty));
        hands.Press(Key.Tab);
        Assert.Equal(EpisodePanel.Map, hands.Controls.Panel);
        Rect panel = hands.Controls.Layout.Map;
        // The last tab is the one of the pad.
        Vector2 at = Enumerable.Range(0, (int)panel.Width).Select(x => new Vector2(panel.Right - x, panel.Y + 18))
            .First(point => LiveEpisodeScreen.ButtonAt(hands.Controls, point) is not null);
        hands.Click(at);
        Assert.Equal(EpisodePanel.Draw, hands.Controls.Panel);
        hands.Draw(Line);
        Assert.Single(hands.Asked[^1].Query.Strokes);
        PictureGrid grid = PicturesPanel.Grid(hands.Controls.Layout.Pictures, hands.Moment.Episode);
        hands.Click(grid.Query(3)!.Value.Centre);
        Assert.Equal((EpisodePanel.Why, 3), (hands.Controls.Panel, hands.Moment.Selected));
    }
}
