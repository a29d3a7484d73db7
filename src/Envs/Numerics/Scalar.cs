namespace MamlRobotics.Envs;

/// <summary>Double precision, one environment: the reference that the other number types are tested against.</summary>
public readonly record struct Scalar(double Value) : IReal<Scalar>
{
    public static Scalar Of(double value) => new(value);

    public static Scalar operator +(Scalar left, Scalar right) => new(left.Value + right.Value);
    public static Scalar operator -(Scalar left, Scalar right) => new(left.Value - right.Value);
    public static Scalar operator *(Scalar left, Scalar right) => new(left.Value * right.Value);
    public static Scalar operator /(Scalar left, Scalar right) => new(left.Value / right.Value);
    public static Scalar operator -(Scalar value) => new(-value.Value);

    public static Scalar Sqrt(Scalar value) => new(Math.Sqrt(value.Value));
    public static Scalar Exp(Scalar value) => new(Math.Exp(value.Value));
    public static Scalar Sin(Scalar value) => new(Math.Sin(value.Value));
    public static Scalar Cos(Scalar value) => new(Math.Cos(value.Value));
    public static (Scalar Sin, Scalar Cos) SinCos(Scalar value)
    {
        (double sin, double cos) = Math.SinCos(value.Value);
        return (new(sin), new(cos));
    }

    public static Scalar Tanh(Scalar value) => new(Math.Tanh(value.Value));
    public static Scalar Abs(Scalar value) => new(Math.Abs(value.Value));
    public static Scalar Floor(Scalar value) => new(Math.Floor(value.Value));
    public static Scalar Min(Scalar left, Scalar right) => new(Math.Min(left.Value, right.Value));
    public static Scalar Max(Scalar left, Scalar right) => new(Math.Max(left.Value, right.Value));

    public static Mask<Scalar> operator <(Scalar left, Scalar right) => Truth(left.Value < right.Value);
    public static Mask<Scalar> operator >(Scalar left, Scalar right) => Truth(left.Value > right.Value);
    public static Mask<Scalar> And(Mask<Scalar> left, Mask<Scalar> right) => Truth(IsTrue(left) && IsTrue(right));
    public static Mask<Scalar> Or(Mask<Scalar> left, Mask<Scalar> right) => Truth(IsTrue(left) || IsTrue(right));
    public static Mask<Scalar> Not(Mask<Scalar> value) => Truth(!IsTrue(value));
    public static Scalar Select(Mask<Scalar> mask, Scalar yes, Scalar no) => IsTrue(mask) ? yes : no;

    public static bool IsTrue(Mask<Scalar> mask) => mask.Bits.Value != 0;

    private static Mask<Scalar> Truth(bool value) => new(new Scalar(value ? 1 : 0));
}
