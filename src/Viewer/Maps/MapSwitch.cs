using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>The switch in the title of a map, by which the user chooses what the cells show. Drawing leaves no garbage.</summary>
internal static class MapSwitch
{
    private const float Pad = 9, Height = 20, Away = 12;

    private static readonly string[] Names = ["prior", "adapted", "gain"];
    private static readonly float[] Widths = [.. Names.Select(name => StrokeFont.Measure(name, Brush.Small) + 2 * Pad)];

    public static float Width => Widths.Sum();

    /// <summary>The button of a choice in the panel of a map.</summary>
    public static Rect Place(Rect panel, MapContent content)
    {
        float x = panel.Right - Away - Width;
        for (int before = 0; before < (int)content; before++) x += Widths[before];
        return new Rect(x, panel.Y + 10, Widths[(int)content], Height);
    }

    /// <summary>The choice at a point; null where there is none.</summary>
    public static MapContent? At(Rect panel, Vector2 point)
    {
        for (MapContent content = MapContent.Prior; content <= MapContent.Gain; content++)
            if (Place(panel, content).Contains(point)) return content;
        return null;
    }

    public static void Draw(Brush brush, Rect panel, MapContent chosen)
    {
        Rect first = Place(panel, MapContent.Prior);
        brush.Canvas.Box(first with { Width = Width }, brush.Theme.Grid, Height / 2, 1, brush.Theme.Edge);
        for (MapContent content = MapContent.Prior; content <= MapContent.Gain; content++)
        {
            Rect place = Place(panel, content);
            if (content == chosen) brush.Canvas.Box(place, brush.Theme.Edge, Height / 2, 1, brush.Theme.Muted);
            Colour ink = content == chosen ? brush.Theme.Text : brush.Theme.Muted;
            brush.Text(place.Centre.X, place.Centre.Y + Brush.Small / 2, Names[(int)content], ink, align: 0.5f);
        }
    }
}
