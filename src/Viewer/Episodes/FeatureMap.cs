using System.Numerics;
using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>Draws the features of the pictures in the plane of their first two principal components.</summary>
internal static class FeatureMap
{
    private const int MostTiles = 40;
    private const float SupportSide = 26, QuerySide = 18, Dot = 4.5f, Margin = 22;

    public const string Title = "features in two dimensions";

    public static string Caption(EpisodeAdaptation adaptation) =>
        $"{PicturesPanel.Percent(adaptation.PlaneShares[0])} and {PicturesPanel.Percent(adaptation.PlaneShares[1])} of the variance";

    /// <param name="inside">The area below the title</param>
    public static void Draw(Brush brush, Rect inside, EpisodeMoment moment)
    {
        Func<Vector2, Vector2> place = Fit(inside.Inset(Margin, Margin - 8, Margin, Margin + 6), moment.Adaptation);
        brush.Canvas.Clip(inside.Inset(-8));
        Vector2 Of(Func<EpisodeStep, Vector2> point) => place(moment.Between(point));
        if (moment.Selected is { } selected) DrawLines(brush, moment, selected, Of);
        bool areTiles = moment.Episode.Query.Count <= MostTiles;
        for (int query = 0; query < moment.Episode.Query.Count; query++)
            DrawQuery(brush, moment, query, Of(step => step.Query[query]), areTiles);
        for (int support = 0; support < moment.Episode.Support.Count; support++)
            DrawSupport(brush, moment.Episode, support, Of(step => step.Support[support]));
        DrawPrototypes(brush, moment, Of);
        if (moment.Selected is { } shown) DrawRing(brush, Of(step => step.Query[shown]), areTiles);
        brush.Canvas.Clip(default);
        DrawLegend(brush, inside);
    }

    private static void DrawLegend(Brush brush, Rect inside)
    {
        string[] legends =
        [
            "large: support · small: query, in the colour of its own class · diamonds: class means",
            "large: support · small: query · diamonds: means", "large: support · small: query",
        ];
        string fitting = legends.FirstOrDefault(one => StrokeFont.Measure(one, Brush.Small) <= inside.Width) ?? "";
        brush.Text(inside.X, inside.Bottom + 4, fitting, brush.Theme.Muted);
    }

    /// <summary>Maps the plane to the screen, the same way for all steps.</summary>
    private static Func<Vector2, Vector2> Fit(Rect area, EpisodeAdaptation adaptation)
    {
        Vector2[] all = [.. adaptation.Steps.SelectMany(step => step.Query.Concat(step.Support))];
        Vector2 low = all.Aggregate(Vector2.Min), high = all.Aggregate(Vector2.Max), size = Vector2.Max(high - low, new(1e-6f));
        float zoom = Math.Min(area.Width / size.X, area.Height / size.Y);
        Vector2 middle = (low + high) / 2;
        return point => area.Centre + new Vector2(point.X - middle.X, middle.Y - point.Y) * zoom;
    }

    private static void DrawQuery(Brush brush, EpisodeMoment moment, int query, Vector2 at, bool isTile)
    {
        EpisodePicture picture = moment.Episode.Query[query];
        Colour colour = picture.Class is { } way ? PictureTile.ColourOf(brush.Theme, way) : brush.Theme.Goal;
        bool isWrong = moment.Adaptation.IsRight(moment.Step, query) == false;
        if (isTile)
        {
            var tile = new Rect(at.X - QuerySide / 2, at.Y - QuerySide / 2, QuerySide, QuerySide);
            PictureTile.Draw(brush, tile, picture.Pixels, moment.Episode.Side);
            PictureTile.Frame(brush, tile, colour, 1.5f);
        }
        else brush.Canvas.Disc(at, Dot, colour, 1, brush.Theme.Panel);
        if (isWrong) PictureTile.Mark(brush, at + new Vector2(isTile ? QuerySide / 2 : Dot), false, 3.5f);
    }

    private static void DrawSupport(Brush brush, Episode episode, int support, Vector2 at)
    {
        var tile = new Rect(at.X - SupportSide / 2, at.Y - SupportSide / 2, SupportSide, SupportSide);
        PictureTile.Draw(brush, tile, episode.Support[support].Pixels, episode.Side);
        PictureTile.Frame(brush, tile, PictureTile.ColourOf(brush.Theme, episode.Support[support].Class!.Value), 3);
    }

    private static void DrawPrototypes(Brush brush, EpisodeMoment moment, Func<Func<EpisodeStep, Vector2>, Vector2> place)
    {
        const float Half = 7;
        for (int way = 0; way < moment.Episode.Classes.Count; way++)
        {
            Vector2 at = place(step => step.Prototypes[way]);
            // The mean of one picture is the picture, so the diamond stands at its corner.
            if (moment.Episode.Support.Count(picture => picture.Class == way) == 1) at += new Vector2(-SupportSide / 2 - 2);
            BandEnd End(float x, float half, Colour colour) => new(at.X + x, at.Y - half, at.Y + half, colour);
            Colour own = PictureTile.ColourOf(brush.Theme, way);
            foreach ((float half, Colour colour) in new[] { (Half + 1.5f, brush.Theme.Panel), (Half, own) })
            {
                brush.Canvas.Band(End(-half, 0, colour), End(0, half, colour));
                brush.Canvas.Band(End(0, half, colour), End(half, 0, colour));
            }
            brush.Canvas.Disc(at, 1.5f, brush.Theme.Panel);
        }
    }

    /// <summary>Draws lines from a query picture to the class means; the one to the class that it is taken for is not dashed.</summary>
    private static void DrawLines(Brush brush, EpisodeMoment moment, int query, Func<Func<EpisodeStep, Vector2>, Vector2> place)
    {
        Vector2 from = place(step => step.Query[query]);
        int predicted = moment.Shown.Predicted(query);
        for (int way = 0; way < moment.Episode.Classes.Count; way++)
        {
            Vector2 to = place(step => step.Prototypes[way]);
            Colour colour = PictureTile.ColourOf(brush.Theme, way);
            if (way == predicted) brush.Canvas.Line(from, to, 2, colour);
            else if (Vector2.Distance(from, to) > 1) brush.Canvas.Dashes(from, to, 1, colour.Fade(0.6), 3, 4);
        }
    }

    private static void DrawRing(Brush brush, Vector2 at, bool isTile)
    {
        float half = (isTile ? QuerySide / 2 : Dot) + 4;
        brush.Canvas.Box(new Rect(at.X - half, at.Y - half, 2 * half, 2 * half), Colour.Clear, 4, 2, brush.Theme.Text);
    }
}
