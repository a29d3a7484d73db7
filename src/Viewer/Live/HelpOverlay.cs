using System.Globalization;

namespace MamlRobotics.Viewer;

/// <summary>Shows every key and gesture over the screen, and the settings of the adaptation.</summary>
internal static class HelpOverlay
{
    /// <summary>Keys and gestures that need a policy.</summary>
    private static readonly (string Key, string Does)[] Adapting =
    [
        ("click in the world", "adapt to a goal there"), ("click the map", "adapt to a cell's task"),
        ("drag the goal", "adapt while it moves"), ("N", "next test task"), ("X", "sample new episodes"),
        ("P", "all test tasks at once, or one"), ("↑ ↓", "trajectories per batch"), ("[ ]", "adaptation steps"), (", .", "step size"),
        ("G", "sliders for these and for the task"), ("Tab, J K, Backspace", "next slider, less or more, as it was"),
    ];

    private static readonly (string Key, string Does)[] Looking =
    [
        ("drag, scroll", "pan, zoom"), ("click the timeline", "go to that moment"),
        ("space", "play or pause"), ("← →", "one step back or forward"), ("- +", "slower, faster"), ("Home End", "beginning, end"),
        ("R", "play from the beginning"),
        ("0 … 9", "show or hide the prior, or a step"), ("T", "light or dark"), ("M", "map: prior, adapted or gain"),
        ("F", "fit the world"), ("S", "save a picture"), ("V", "record the replay"),
        ("F1 H", "this help; a click closes it"), ("Esc", "close this, or quit"),
    ];

    public static readonly IReadOnlyList<(string Key, string Does)> Lines = [.. Adapting, .. Looking];

    private const float Row = 21, KeyGap = 18, ColumnGap = 28, Side = 20, Head = 58, Foot = 4, Edge = 12, LeastWidth = 500;

    public static void Draw(Brush brush, AdaptationRequest request, bool canAdapt)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"α × {request.StepScale:0.##}");
        string settings = $"adaptation steps: {request.Steps}, step size: {size}, trajectories per batch: {request.Trajectories}";
        if (canAdapt) Draw(brush, settings, Adapting, Looking);
        else Draw(brush, settings, Looking[..7], Looking[7..]);
    }

    /// <summary>Shows keys in one column or two.</summary>
    /// <param name="caption">Stands beside the title; empty for none</param>
    public static void Draw(Brush brush, string caption, (string Key, string Does)[] first, (string Key, string Does)[] second)
    {
        (float width, float height) = (brush.Canvas.Width, brush.Canvas.Height);
        brush.Canvas.Box(new Rect(0, 0, width, height), brush.Theme.Background.Fade(0.72));
        // In a low window two columns have larger letters than one.
        Column[] one = [new([.. first, .. second])], two = [new(first), new(second)];
        Column[] columns = ScaleOf(two, width, height) > ScaleOf(one, width, height) ? two : one;
        float scale = ScaleOf(columns, width, height), wide = scale * WidthOf(columns), tall = scale * HeightOf(columns);
        var area = new Rect((width - wide) / 2, (height - tall) / 2, wide, tall);
        brush.Panel(area, "Keys", caption);
        float x = area.Centre.X - scale * (columns.Sum(column => column.Width) + (columns.Length - 1) * ColumnGap) / 2;
        foreach (Column column in columns)
        {
            column.Draw(brush, x, area.Y + Head * scale, scale);
            x += scale * (column.Width + ColumnGap);
        }
    }

    private static float ScaleOf(Column[] columns, float width, float height) =>
        Math.Min(1, Math.Min((width - 2 * Edge) / WidthOf(columns), (height - 2 * Edge) / HeightOf(columns)));

    private static float WidthOf(Column[] columns) =>
        Math.Max(LeastWidth, columns.Sum(column => column.Width) + (columns.Length - 1) * ColumnGap + 2 * Side);

    private static float HeightOf(Column[] columns) => Head + Foot + Row * columns.Max(column => column.Lines.Count);

    /// <summary>A column of lines, each with a key and what the key does.</summary>
    private sealed record Column(IReadOnlyList<(string Key, string Does)> Lines)
    {
        private readonly float keys = Lines.Max(line => StrokeFont.Measure(line.Key, Brush.Normal));

        public float Width => keys + KeyGap + Lines.Max(line => StrokeFont.Measure(line.Does, Brush.Normal));

        public void Draw(Brush brush, float x, float y, float scale)
        {
            foreach ((string key, string does) in Lines)
            {
                brush.Text(x + scale * keys, y, key, brush.Theme.Goal, Brush.Normal * scale, align: 1);
                brush.Text(x + scale * (keys + KeyGap), y, does, brush.Theme.Text, Brush.Normal * scale);
                y += Row * scale;
            }
        }
    }
}
