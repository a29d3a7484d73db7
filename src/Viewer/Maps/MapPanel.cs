namespace MamlRobotics.Viewer;

/// <summary>Shows the returns over the task columns of a map, as coloured cells over two columns and as curves over one.</summary>
internal sealed class MapPanel(Replay replay) : TaskMapPanel(TitleOf(replay), "by " + ColumnNames(replay.Map))
{
    private const float NumbersWidth = 132, NumbersGap = 26, LeastForBoth = 360, LineHeight = 20, NameGap = 8;

    private readonly ReturnMap map = replay.Map;
    private readonly MapGrid? grid = replay.Map.Y.Cells > 1 ? new(replay.Map) : null;
    private readonly string columns = ColumnNames(replay.Map);
    private readonly MapCurve? curve = replay.Map.Y.Cells > 1 ? null : new(replay.Map, replay.InnerSteps);

    protected override int Version => map.Version;

    /// <summary>Whether there is a choice of what the cells show. Curves show the prior and the adapted policy at once.</summary>
    public bool HasSwitch => grid is not null && replay.InnerSteps > 0;

    /// <summary>What the cells show.</summary>
    public MapContent Content { get; set; } = MapContent.Adapted;

    /// <summary>Whether the user can choose what the cells show. Then a switch is drawn instead of the title's last words.</summary>
    public bool IsLive { get; init; }

    public override void Draw(Brush brush, Rect area)
    {
        if (!IsLive || !HasSwitch)
        {
            base.Draw(brush, area);
            return;
        }
        float room = area.Width - MapSwitch.Width - 40;
        string title = $"Return by {columns}";
        DrawInside(brush, brush.Panel(area, StrokeFont.Measure(title, Brush.Title) <= room ? title : "Return"));
        MapSwitch.Draw(brush, area, Content);
    }

    protected override bool DrawReturns(Brush brush, Rect inside)
    {
        if (!map.Adapted.AsSpan().ContainsAnyExcept(double.NaN)) return false;
        bool hasNumbers = inside.Width >= LeastForBoth;
        Rect left = hasNumbers ? inside.Inset(0, 0, NumbersWidth + NumbersGap, 0) : inside;
        if (grid is not null) Cells = (grid.Draw(brush, left, replay.Task, Content), map.X.Cells, map.Y.Cells);
        if (curve is not null) Cells = (curve.Draw(brush, left, replay.Task), map.X.Cells, 1);
        if (hasNumbers) DrawNumbers(brush, new Rect(inside.Right - NumbersWidth, inside.Y, NumbersWidth, inside.Height));
        return true;
    }

    private static string TitleOf(Replay replay) =>
        replay.InnerSteps == 0 ? "Return of the prior" : $"Return after {Brush.Steps(replay.InnerSteps)}";

    private static string ColumnNames(ReturnMap map)
    {
        if (map.X.Name == "goal_x") return "goal";
        return Columns.PrintedName(map.Y.Cells > 1 ? $"{map.X.Name} and {map.Y.Name}" : map.X.Name);
    }

    private void DrawNumbers(Brush brush, Rect area)
    {
        float y = area.Y + 10;
        // While only the cells on one side are sampled, their mean would say nothing about all tasks.
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
            int digits = Brush.ReturnDigits(value);
            // A number that would overlap its name is written without decimals.
            if (StrokeFont.Measure(name, Brush.Small) + NameGap + Brush.Measure(value, digits) > area.Width) digits = 0;
            brush.Number(area.Right, y, value, digits, brush.Theme.Text, align: 1);
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
