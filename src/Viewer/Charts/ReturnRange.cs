namespace MamlRobotics.Viewer;

/// <summary>The range of returns that a chart shows.</summary>
internal readonly record struct ReturnRange(double Low, double High)
{
    public static ReturnRange None => new(double.PositiveInfinity, double.NegativeInfinity);

    public bool IsNone => Low > High;

    /// <summary>The length of the range; where all returns are equal, a length that suits their size.</summary>
    public double Span => High > Low ? High - Low : Math.Max(1, Math.Abs(Low) / 10);

    /// <param name="value">A value that is not finite changes nothing</param>
    public ReturnRange With(double value) => double.IsFinite(value) ? new(Math.Min(Low, value), Math.Max(High, value)) : this;

    public ReturnRange With(IEnumerable<double> values) => values.Aggregate(this, (range, value) => range.With(value));

    /// <summary>Whether a value is at most so many spans away. With it the rest of the chart stays readable.</summary>
    public bool Reaches(double value, double spans) => value >= Low - spans * Span && value <= High + spans * Span;

    /// <summary>The value, or the nearest one that <see cref="Reaches"/> allows.</summary>
    public double Limit(double value, double spans) => Math.Clamp(value, Low - spans * Span, High + spans * Span);

    /// <summary>The range with a share of its span added at both ends.</summary>
    public ReturnRange Widened(double share) => new(Low - share * Span, High + share * Span);
}
