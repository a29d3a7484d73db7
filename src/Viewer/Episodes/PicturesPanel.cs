using System.Numerics;
using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>Draws the support pictures by class, and the query pictures with the classes that they are taken for.</summary>
internal static class PicturesPanel
{
    public static PictureGrid Grid(Rect area, Episode episode) => new(area.Inset(14, 38, 14, 6), episode);

    public static void Draw(Brush brush, Rect area, EpisodeMoment moment)
    {
        PictureGrid grid = Grid(area, moment.Episode);
        Episode episode = moment.Episode;
        string part = grid.Classes < episode.Classes.Count ? $"{grid.Classes} of {episode.Classes.Count} classes are shown" : "";
        string[] captions = part.Length > 0 ? [part]
            : grid.HasBars ? ["frame: the class it is taken for; bars: probability of its own class", "bars: probability of its own class"]
            : ["frame: the class it is taken for"];
        brush.Panel(area, Title(moment), captions);
        for (int way = 0; way < grid.Classes; way++) DrawClass(brush, grid, episode, way);
        foreach ((int i, EpisodePicture picture) in episode.Support.Index())
        {
            if (grid.Support(i) is not { } place) continue;
            PictureTile.Draw(brush, place, picture.Pixels, episode.Side);
            PictureTile.Frame(brush, place, PictureTile.ColourOf(brush.Theme, picture.Class!.Value), 1.5f);
        }
        for (int query = 0; query < episode.Query.Count; query++)
            if (grid.Query(query) is { } place) DrawQuery(brush, grid, place, moment, query);
    }

    private static string Title(EpisodeMoment moment)
    {
        string right = $"{moment.Adaptation.Right(moment.Step)} of {moment.Adaptation.Known} right";
        return moment.Steps == 0 ? right : moment.Step == 0 ? $"before: {right}" : $"after {Brush.Steps(moment.Step)}: {right}";
    }

    private static void DrawClass(Brush brush, PictureGrid grid, Episode episode, int way)
    {
        PictureTile.Badge(brush, grid.LetterOf(way), way, Math.Min(16, grid.Side));
        Vector2 from = grid.DividerOf(way);
        brush.Canvas.Box(new Rect(from.X - 0.5f, from.Y, 1, grid.Side), brush.Theme.Edge);
        if (episode.Classes[way].IsDrawn) brush.Text(from.X + 10, from.Y + grid.Side / 2 + 4, "yours", brush.Theme.Muted);
    }

    private static void DrawQuery(Brush brush, PictureGrid grid, Rect place, EpisodeMoment moment, int query)
    {
        int predicted = moment.Shown.Predicted(query);
        bool isRight = moment.Adaptation.IsRight(moment.Step, query) == true;
        Colour colour = PictureTile.ColourOf(brush.Theme, predicted);
        if (query == moment.Selected) brush.Canvas.Box(place.Inset(-4.5f), brush.Theme.Text.Fade(0.85), 4);
        if (query == moment.Selected) brush.Canvas.Box(place.Inset(-3), brush.Theme.Panel, 2.5f);
        PictureTile.Draw(brush, place, moment.Episode.Query[query].Pixels, moment.Episode.Side);
        if (isRight) PictureTile.Frame(brush, place, colour);
        else PictureTile.DashedFrame(brush, place, colour);
        if (grid.HasCaptions) DrawCaption(brush, place, moment, query, predicted);
        else DrawCorner(brush, place, predicted, isRight);
        if (grid.HasBars) DrawBars(brush, place, moment, query);
    }

    /// <summary>Draws the letter in a corner where there is no room below, and a cross in another where it is wrong.</summary>
    private static void DrawCorner(Brush brush, Rect place, int predicted, bool isRight)
    {
        float size = Math.Min(13, 0.45f * place.Width);
        PictureTile.Badge(brush, new(place.Right - size / 2 + 2, place.Bottom - size / 2 + 2), predicted, size);
        if (!isRight) PictureTile.Mark(brush, new(place.X + 5, place.Bottom - 5), false, 3.5f);
    }

    private static void DrawCaption(Brush brush, Rect place, EpisodeMoment moment, int query, int predicted)
    {
        const float SideWithShare = 62;
        float baseline = place.Bottom + 14;
        PictureTile.Mark(brush, new(place.X + 4, baseline - 4), moment.Adaptation.IsRight(moment.Step, query));
        brush.Text(
            place.X + 12, baseline, PictureTile.NameOf(predicted), PictureTile.ColourOf(brush.Theme, predicted), weight: StrokeFont.Strong);
        if (place.Width >= SideWithShare)
            brush.Text(place.Right, baseline, Percent(moment.Shown.Probabilities[query][predicted]), brush.Theme.Muted, align: 1);
    }

    /// <summary>Draws the probability of the picture's own class after each step.</summary>
    private static void DrawBars(Brush brush, Rect place, EpisodeMoment moment, int query)
    {
        const float Height = 11;
        if (moment.Episode.Query[query].Class is not { } way) return;
        float top = place.Bottom + 18, room = place.Width / (moment.Steps + 1), width = Math.Max(1, room - 2);
        for (int step = 0; step <= moment.Steps; step++)
        {
            var slot = new Rect(place.X + step * room, top, width, Height);
            brush.Canvas.Box(slot, brush.Theme.Grid, 1.5f);
            if (step > moment.Step) continue;
            float share = moment.Adaptation.Steps[step].Probabilities[query][way];
            // One bar lies, several stand beside each other.
            Rect bar = moment.Steps == 0 ? slot with { Width = Math.Max(1, width * share) }
                : slot.Inset(0, Math.Min(Height - 1, Height * (1 - share)), 0, 0);
            brush.Canvas.Box(bar, brush.Theme.Step(step, moment.Steps), 1.5f);
        }
    }

    public static string Percent(double share) => $"{Brush.Number(100 * share, 0)} %";
}
