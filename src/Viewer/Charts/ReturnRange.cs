namespace MamlRobotics.Viewer;

/// <summary>The range of returns that a chart shows.</summary>
internal readonly record struct ReturnRange(double Low, double High)
{
    public static ReturnRange None => new(double.PositiveInfinity, double.NegativeInfinity);

    public bool IsNone => Low > High;

    /// <summary>Its length, or one that suits where all returns are equal.</summary>
    public double Span => High > Low ? High - Low : Math.Max(1, Math.Abs(Low) / 10);

    /// <param name="value">Left out where it is not finite</param>
    public ReturnRange With(double value) => double.IsFinite(value) ? new(Math.Min(Low, value), Math.Max(High, value)) : this;

    public ReturnRange With(IEnumerable<double> values) => values.Aggregate(this, (range, value) => range.With(value));

    /// <summary>Whether a value is at most so many spans away, so that showing it leaves what is within readable.</summary>
    public bool Reaches(double value, double spans) => value >= Low - spans * Span && value <= High + spans * Span;

    /// <summary>The value, or the end of what <see cref="Reaches"/> allows.</summary>
    public double Limit(double value, double spans) => Math.Clamp(value, Low - spans * Span, High + spans * Span);

    /// <summary>A share of the span more at both ends.</summary>
    public ReturnRange Widened(double share) => new(Low - share * Span, High + share * Span);
}
