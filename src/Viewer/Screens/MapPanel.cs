namespace MamlRobotics.Viewer;

/// <summary>The adapted return over the task columns of a map: as coloured cells over two, as a curve over one.</summary>
internal sealed class MapPanel(Replay replay)
    : TaskMapPanel(replay.InnerSteps == 0 ? "Return of the prior" : $"Return after {Brush.Steps(replay.InnerSteps)}", "by " + Columns(replay.Map))
{
    private const float NumbersWidth = 132, NumbersGap = 26, LeastForBoth = 360, LineHeight = 20;

    private readonly ReturnMap map = replay.Map;
    private readonly MapGrid? grid = replay.Map.Y.Cells > 1 ? new(replay.Map) : null;
    private readonly MapCurve? curve = replay.Map.Y.Cells > 1 ? null : new(replay.Map, replay.InnerSteps);

    protected override int Version => map.Version;

    protected override bool DrawReturns(Brush brush, Rect inside)
    {
        if (!map.Adapted.AsSpan().ContainsAnyExcept(double.NaN)) return false;
        bool hasNumbers = inside.Width >= LeastForBoth;
        Rect left = hasNumbers ? inside.Inset(0, 0, NumbersWidth + NumbersGap, 0) : inside;
        grid?.Draw(brush, left, replay.Task);
        curve?.Draw(brush, left, replay.Task);
        if (hasNumbers) DrawNumbers(brush, new Rect(inside.Right - NumbersWidth, inside.Y, NumbersWidth, inside.Height));
        return true;
    }

    private static string Columns(ReturnMap map) =>
        (map.X.Name == "goal_x" ? "goal" : map.Y.Cells > 1 ? $"{map.X.Name} and {map.Y.Name}" : map.X.Name).Replace('_', ' ');

    private void DrawNumbers(Brush brush, Rect area)
    {
        float y = area.Y + 10;
        // Of some of the cells, those on one side first, a mean would be that of other tasks.
        if (map.IsWhole)
        {
            if (replay.InnerSteps > 0) Number("prior mean", Mean(map.Prior));
            Number(replay.InnerSteps > 0 ? "adapted mean" : "prior mean", Mean(map.Adapted));
            Number("worst task", Worst(map.Adapted));
        }
        Number("this task", replay.Steps[^1].Returns.Mean);

        void Number(string name, double value)
        {
            if (y > area.Bottom) return;
            brush.Text(area.X, y, name, brush.Theme.Muted);
            brush.Number(area.Right, y, value, Brush.ReturnDigits(value), brush.Theme.Text, align: 1);
            y += LineHeight;
        }
    }

    private static double Mean(double[] returns)
    {
        (double total, int known) = (0, 0);
        foreach (double value in returns)
            if (double.IsFinite(value)) (total, known) = (total + value, known + 1);
        return total / known;
    }

    private static double Worst(double[] returns)
    {
        ReturnRange range = ReturnRange.None;
        foreach (double value in returns) range = range.With(value);
        return range.Low;
    }
}
