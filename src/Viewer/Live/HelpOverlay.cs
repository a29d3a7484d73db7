using System.Globalization;

namespace MamlRobotics.Viewer;

/// <summary>Every key and gesture, and how the adaptation is set, over the screen.</summary>
internal static class HelpOverlay
{
    /// <summary>What needs a policy that adapts.</summary>
    private static readonly IReadOnlyList<(string Key, string Does)> Adapting =
    [
        ("click in the world", "adapt to a goal there"), ("click the map", "adapt to a cell's task"),
        ("drag the goal", "adapt while it moves"), ("N", "next test task"), ("X", "sample new episodes"),
        ("P", "all test tasks at once, or one"), ("↑ ↓", "trajectories per batch"), ("[ ]", "gradient steps"), (", .", "step size"),
        ("G", "sliders for these and for the task"), ("Tab, J K, Backspace", "next slider, less or more, as it was"),
    ];

    private static readonly IReadOnlyList<(string Key, string Does)> Looking =
    [
        ("drag, scroll", "pan, zoom"), ("click the timeline", "go to that moment"),
        ("space", "play or pause"), ("← →", "one step back or forward"), ("- +", "slower, faster"), ("Home End", "beginning, end"), ("R", "play from the beginning"),
        ("0 … 9", "show or hide the prior, or a step"), ("T", "light or dark"), ("M", "map: prior, adapted or gain"),
        ("F", "fit the world"), ("S", "save a picture"), ("V", "record the replay"),
        ("F1 H", "this help; a click closes it"), ("Esc", "close this, or quit"),
    ];

    public static readonly IReadOnlyList<(string Key, string Does)> Lines = [.. Adapting, .. Looking];

    public static void Draw(Brush brush, AdaptationRequest request, bool canAdapt)
    {
        IReadOnlyList<(string Key, string Does)> lines = canAdapt ? Lines : Looking;
        const float Row = 21, KeyColumn = 168, Width = 500;
        (float width, float height) = (brush.Canvas.Width, brush.Canvas.Height);
        brush.Canvas.Box(new Rect(0, 0, width, height), brush.Theme.Background.Fade(0.72));
        float tall = Row * lines.Count + 62, scale = Math.Min(1, (height - 24) / tall);
        var area = new Rect((width - Width) / 2, (height - tall * scale) / 2, Width, tall * scale);
        brush.Panel(area, "Keys", string.Create(
            CultureInfo.InvariantCulture, $"gradient steps: {request.Steps}, step size: α × {request.StepScale:0.##}, trajectories per batch: {request.Trajectories}"));
        float y = area.Y + 58 * scale;
        foreach ((string key, string does) in lines)
        {
            brush.Text(area.X + KeyColumn, y, key, brush.Theme.Goal, Brush.Normal * scale, align: 1);
            brush.Text(area.X + KeyColumn + 18, y, does, brush.Theme.Text, Brush.Normal * scale);
            y += Row * scale;
        }
    }
}
