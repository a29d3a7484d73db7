using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>The switch in a map's title: what its cells show. Leaves no garbage.</summary>
internal static class MapSwitch
{
    private const float Pad = 9, Height = 20, Away = 12;

    private static readonly string[] Names = ["prior", "adapted", "gain"];
    private static readonly float[] Widths = [.. Names.Select(name => StrokeFont.Measure(name, Brush.Small) + 2 * Pad)];

    public static float Width => Widths.Sum();

    /// <summary>The place of a choice in the panel of a map.</summary>
    public static Rect Place(Rect panel, MapShows shows)
    {
        float x = panel.Right - Away - Width;
        for (int before = 0; before < (int)shows; before++) x += Widths[before];
        return new Rect(x, panel.Y + 10, Widths[(int)shows], Height);
    }

    /// <summary>The choice at a point; null where there is none.</summary>
    public static MapShows? At(Rect panel, Vector2 point)
    {
        for (MapShows shows = MapShows.Prior; shows <= MapShows.Gain; shows++)
            if (Place(panel, shows).Contains(point)) return shows;
        return null;
    }

    public static void Draw(Brush brush, Rect panel, MapShows chosen)
    {
        Rect first = Place(panel, MapShows.Prior);
        brush.Canvas.Box(first with { Width = Width }, brush.Theme.Grid, Height / 2, 1, brush.Theme.Edge);
        for (MapShows shows = MapShows.Prior; shows <= MapShows.Gain; shows++)
        {
            Rect place = Place(panel, shows);
            if (shows == chosen) brush.Canvas.Box(place, brush.Theme.Edge, Height / 2, 1, brush.Theme.Muted);
            Colour ink = shows == chosen ? brush.Theme.Text : brush.Theme.Muted;
            brush.Text(place.Centre.X, place.Centre.Y + Brush.Small / 2, Names[(int)shows], ink, align: 0.5f);
        }
    }
}
