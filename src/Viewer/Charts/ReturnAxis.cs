namespace MamlRobotics.Viewer;

/// <summary>A vertical axis of returns: its range, and the place of that range on the screen.</summary>
internal readonly record struct ReturnAxis(ReturnRange Range, float Top, float Bottom)
{
    /// <summary>A return to compare with is drawn if it is at most so many spans of the curves beyond them.</summary>
    public const double ReferenceReach = 1;

    private const float NumberGap = 8;

    public float Y(double value) => Bottom - (float)((value - Range.Low) / (Range.High - Range.Low)) * (Bottom - Top);

    public bool Shows(double value) => value >= Range.Low && value <= Range.High;

    /// <summary>An arrow towards a return that lies beyond the axis; nothing for any other.</summary>
    public string Arrow(double value) => value > Range.High ? "↑ " : value < Range.Low ? "↓ " : "";

    /// <summary>Room that the numbers take to the left of the axis.</summary>
    /// <param name="rows">About the largest number of lines</param>
    public float NumbersWidth(int rows)
    {
        double spacing = Spacing(rows);
        int digits = Ticks.Digits(spacing);
        double lowest = First(spacing) * spacing, highest = Math.Floor(Range.High / spacing) * spacing;
        return NumberGap + Math.Max(Brush.Measure(lowest, digits), Brush.Measure(highest, digits));
    }

    /// <summary>Draws lines at round returns, and their numbers. Leaves no garbage.</summary>
    public void Draw(Brush brush, float left, float right, int rows)
    {
        double spacing = Spacing(rows);
        int digits = Ticks.Digits(spacing);
        for (double index = First(spacing); index * spacing <= Range.High; index++)
        {
            float y = MathF.Round(Y(index * spacing));
            brush.Canvas.Box(new Rect(left, y, right - left, 1), brush.Theme.Grid);
            brush.Number(left - NumberGap, y + 4, index * spacing, digits, brush.Theme.Muted, align: 1);
        }
    }

    private double Spacing(int rows) => Ticks.RoundUp((Range.High - Range.Low) / rows);

    private double First(double spacing) => Math.Ceiling(Range.Low / spacing);
}
