using System.Numerics;
using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>
/// Says why a query picture is taken for its class: the probability of every class before and after each gradient step, and the support
/// pictures that are nearest to it.
/// </summary>
internal static class WhyPanel
{
    private const float Nearest = 76, Row = 40, LeastRow = 16, MostBars = 6, TileGap = 12, TileSide = 38, Wide = 440, NearestShare = 0.4f;

    /// <param name="inside">The area below the title</param>
    public static void Draw(Brush brush, Rect inside, EpisodeMoment moment)
    {
        if (moment.Selected is not { } query)
        {
            brush.Text(inside.X, inside.Y + 14, "click a query picture", brush.Theme.Muted);
            return;
        }
        float side = Math.Clamp(inside.Height * 0.2f, 40, 110);
        var picture = new Rect(inside.X + 2, inside.Y + 2, side, side);
        PictureTile.Draw(brush, picture, moment.Episode.Query[query].Pixels, moment.Episode.Side);
        PictureTile.Frame(brush, picture, brush.Theme.Edge, 1.5f);
        DrawWords(brush, inside.Inset(side + 16, 0, 0, 0), moment, query);
        Rect below = inside.Inset(0, side + 12, 0, 0);
        bool isWide = inside.Width >= Wide;
        Rect nearest = isWide ? below.Inset((1 - NearestShare) * below.Width, 0, 0, 0) : below.Inset(0, below.Height - Nearest + 6, 0, 0);
        Rect rows = isWide ? below.Inset(0, 0, nearest.Width + 24, 0) : below.Inset(0, 0, 0, Nearest);
        DrawProbabilities(brush, rows, moment, query);
        DrawNearest(brush, nearest, moment, query);
    }

    public static string Title(EpisodeMoment moment) => moment.Selected is not { } query ? "why"
        : moment.Adaptation.Drawn == query ? "your drawing"
        : $"a picture of {PictureTile.NameOf(moment.Episode.Query[query].Class!.Value)}";

    private static void DrawWords(Brush brush, Rect area, EpisodeMoment moment, int query)
    {
        int predicted = moment.Shown.Predicted(query);
        bool? isRight = moment.Adaptation.IsRight(moment.Step, query);
        PictureTile.Mark(brush, new(area.X + 6, area.Y + 8), isRight, 5);
        string percent = PicturesPanel.Percent(moment.Shown.Probabilities[query][predicted]);
        string verdict = $"taken for {PictureTile.NameOf(predicted)}, {percent}";
        brush.Text(area.X + 18, area.Y + 12, verdict, brush.Theme.Text, Brush.Title, StrokeFont.Strong);
        string name = moment.Episode.Classes[predicted].Name;
        ReadOnlySpan<char> rest = isRight == false ? $"{PictureTile.NameOf(predicted)} is {name}" : name;
        string first = Brush.TakeLine(ref rest, area.Width, Brush.Small).ToString();
        brush.Text(area.X, area.Y + 30, Brush.Shorten(first, area.Width, Brush.Small), brush.Theme.Muted);
        brush.Text(area.X, area.Y + 45, Brush.Shorten(rest.ToString(), area.Width, Brush.Small), brush.Theme.Muted);
    }

    /// <summary>Draws a row for each class, or for the most probable ones, with a bar for every step.</summary>
    private static void DrawProbabilities(Brush brush, Rect area, EpisodeMoment moment, int query)
    {
        int classes = moment.Episode.Classes.Count, rows = Math.Clamp((int)(area.Height / LeastRow), 1, classes);
        float[] last = moment.Adaptation.Steps[^1].Probabilities[query];
        int? own = moment.Episode.Query[query].Class;
        int[] shown = [.. Enumerable.Range(0, classes).OrderByDescending(way => way == own).ThenByDescending(way => last[way])
            .Take(rows).Order()];
        float height = Math.Min(Row, area.Height / rows);
        foreach ((int row, int way) in shown.Index())
            DrawRow(brush, area with { Y = area.Y + row * height, Height = height }, moment, query, way);
    }

    private static void DrawRow(Brush brush, Rect row, EpisodeMoment moment, int query, int way)
    {
        float middle = row.Centre.Y, side = Math.Min(28, row.Height - 4);
        PictureTile.Badge(brush, new(row.X + 8, middle), way, Math.Min(16, side));
        int support = moment.Episode.Support.Index().First(one => one.Item.Class == way).Index;
        var tile = new Rect(row.X + 22, middle - side / 2, side, side);
        PictureTile.Draw(brush, tile, moment.Episode.Support[support].Pixels, moment.Episode.Side);
        var bars = new Rect(row.X + 28 + side, middle - side / 2 + 1, row.Width - 28 - side - 46, side - 2);
        int first = moment.Steps < MostBars ? 0 : Math.Max(0, moment.Step - (int)MostBars + 1);
        int count = Math.Min(moment.Steps, (int)MostBars - 1) + 1;
        float height = bars.Height / count;
        for (int i = 0; i < count; i++)
        {
            int step = first + i;
            if (step > moment.Step) break;
            float share = moment.Adaptation.Steps[step].Probabilities[query][way];
            var bar = new Rect(bars.X, bars.Y + i * height, Math.Max(1.5f, bars.Width * share), Math.Max(1, height - 1));
            brush.Canvas.Box(bar, brush.Theme.Step(step, moment.Steps), Math.Min(2, bar.Height / 2));
        }
        float now = moment.Shown.Probabilities[query][way];
        bool isMost = moment.Shown.Predicted(query) == way;
        brush.Text(
            row.Right, middle + Brush.Small / 2, PicturesPanel.Percent(now), isMost ? brush.Theme.Text : brush.Theme.Muted,
            weight: isMost ? StrokeFont.Strong : StrokeFont.Regular, align: 1);
    }

    /// <summary>Draws the nearest support pictures with their distances, the nearest one first.</summary>
    private static void DrawNearest(Brush brush, Rect area, EpisodeMoment moment, int query)
    {
        const float Down = TileSide + 26;
        string title = $"nearest support pictures, {moment.Adaptation.DistanceName}";
        if (StrokeFont.Measure(title, Brush.Small) > area.Width) title = $"nearest: {moment.Adaptation.DistanceName}";
        brush.Text(area.X, area.Y + 9, Brush.Shorten(title, area.Width, Brush.Small), brush.Theme.Muted);
        float[] distances = moment.Shown.Distances[query];
        int columns = Math.Max(1, (int)((area.Width + TileGap) / (TileSide + TileGap)));
        int rows = Math.Max(1, (int)((area.Height - 12) / Down));
        int[] nearest = [.. Enumerable.Range(0, distances.Length).OrderBy(one => distances[one]).Take(columns * rows)];
        foreach ((int i, int support) in nearest.Index())
        {
            (int row, int column) = Math.DivRem(i, columns);
            var tile = new Rect(area.X + 2 + column * (TileSide + TileGap), area.Y + 16 + row * Down, TileSide, TileSide);
            EpisodePicture picture = moment.Episode.Support[support];
            PictureTile.Draw(brush, tile, picture.Pixels, moment.Episode.Side);
            PictureTile.Frame(brush, tile, PictureTile.ColourOf(brush.Theme, picture.Class!.Value), 1.5f);
            int digits = distances[support] < 10 ? 2 : 1;
            brush.Text(tile.Centre.X, tile.Bottom + 13, Brush.Number(distances[support], digits), brush.Theme.Text, align: 0.5f);
        }
    }
}
