namespace MamlRobotics.Envs;

/// <summary>
/// A double that counts the operations on it, so that the cost of dynamics is measured and not estimated. An elementary function,
/// comparison or selection counts as one operation.
/// </summary>
public readonly record struct Counted(double Value) : IReal<Counted>
{
    [ThreadStatic]
    private static long operations;

    /// <summary>Operations on this thread so far.</summary>
    public static long Operations => operations;

    public static Counted Of(double value) => new(value);

    public static Counted operator +(Counted left, Counted right) => Count(left.Value + right.Value);
    public static Counted operator -(Counted left, Counted right) => Count(left.Value - right.Value);
    public static Counted operator *(Counted left, Counted right) => Count(left.Value * right.Value);
    public static Counted operator /(Counted left, Counted right) => Count(left.Value / right.Value);
    public static Counted operator -(Counted value) => Count(-value.Value);

    public static Counted Sqrt(Counted value) => Count(Math.Sqrt(value.Value));
    public static Counted Exp(Counted value) => Count(Math.Exp(value.Value));
    public static Counted Sin(Counted value) => Count(Math.Sin(value.Value));
    public static Counted Cos(Counted value) => Count(Math.Cos(value.Value));
    public static (Counted Sin, Counted Cos) SinCos(Counted value) => (Sin(value), Cos(value));
    public static Counted Tanh(Counted value) => Count(Math.Tanh(value.Value));
    public static Counted Abs(Counted value) => Count(Math.Abs(value.Value));
    public static Counted Floor(Counted value) => Count(Math.Floor(value.Value));
    public static Counted Min(Counted left, Counted right) => Count(Math.Min(left.Value, right.Value));
    public static Counted Max(Counted left, Counted right) => Count(Math.Max(left.Value, right.Value));

    public static Mask<Counted> operator <(Counted left, Counted right) => Truth(left.Value < right.Value);
    public static Mask<Counted> operator >(Counted left, Counted right) => Truth(left.Value > right.Value);
    public static Mask<Counted> And(Mask<Counted> left, Mask<Counted> right) => Truth(IsTrue(left) && IsTrue(right));
    public static Mask<Counted> Or(Mask<Counted> left, Mask<Counted> right) => Truth(IsTrue(left) || IsTrue(right));
    public static Mask<Counted> Not(Mask<Counted> value) => Truth(!IsTrue(value));
    public static Counted Select(Mask<Counted> mask, Counted yes, Counted no) => Count(IsTrue(mask) ? yes.Value : no.Value);

    private static bool IsTrue(Mask<Counted> mask) => mask.Bits.Value != 0;
    private static Mask<Counted> Truth(bool value) => new(Count(value ? 1 : 0));

    private static Counted Count(double value)
    {
        operations++;
        return new(value);
    }
}
