using System.Runtime.Intrinsics;

namespace MamlRobotics.Envs;

/// <summary>
/// A double with its derivatives along eight directions (forward-mode differentiation). A step of the dynamics in this type also computes
/// its exact Jacobian. At a kink, such as the end of a clipped range, the derivative is that of one of the two sides.
/// </summary>
/// <param name="Slope">Derivatives of the value along the directions</param>
public readonly record struct Dual(double Value, Vector512<double> Slope) : IReal<Dual>
{
    public static int Directions => Vector512<double>.Count;

    /// <summary>A variable, whose derivative is 1 along one direction and 0 along the others.</summary>
    public static Dual Variable(double value, int direction) => new(value, Vector512<double>.Zero.WithElement(direction, 1));

    public static Dual Of(double value) => new(value, Vector512<double>.Zero);

    public static Dual operator +(Dual left, Dual right) => new(left.Value + right.Value, left.Slope + right.Slope);
    public static Dual operator -(Dual left, Dual right) => new(left.Value - right.Value, left.Slope - right.Slope);
    public static Dual operator *(Dual left, Dual right) =>
        new(left.Value * right.Value, left.Slope * right.Value + right.Slope * left.Value);
    public static Dual operator -(Dual value) => new(-value.Value, -value.Slope);

    public static Dual operator /(Dual left, Dual right)
    {
        double quotient = left.Value / right.Value;
        return new(quotient, (left.Slope - right.Slope * quotient) * (1 / right.Value));
    }

    // The square root has no finite slope at zero. A slope of zero fits there: a robot at its goal cannot come nearer.
    public static Dual Sqrt(Dual value) => Chain(value, Math.Sqrt(value.Value), value.Value > 0 ? 0.5 / Math.Sqrt(value.Value) : 0);
    public static Dual Exp(Dual value) => Chain(value, Math.Exp(value.Value), Math.Exp(value.Value));
    public static Dual Sin(Dual value) => SinCos(value).Sin;
    public static Dual Cos(Dual value) => SinCos(value).Cos;
    public static (Dual Sin, Dual Cos) SinCos(Dual value)
    {
        (double sin, double cos) = Math.SinCos(value.Value);
        return (Chain(value, sin, cos), Chain(value, cos, -sin));
    }

    public static Dual Tanh(Dual value)
    {
        double tanh = Math.Tanh(value.Value);
        return Chain(value, tanh, 1 - tanh * tanh);
    }

    public static Dual Abs(Dual value) => value.Value < 0 ? -value : value;
    public static Dual Floor(Dual value) => Of(Math.Floor(value.Value));
    public static Dual Min(Dual left, Dual right) => left.Value <= right.Value ? left : right;
    public static Dual Max(Dual left, Dual right) => left.Value >= right.Value ? left : right;

    public static Mask<Dual> operator <(Dual left, Dual right) => Truth(left.Value < right.Value);
    public static Mask<Dual> operator >(Dual left, Dual right) => Truth(left.Value > right.Value);
    public static Mask<Dual> And(Mask<Dual> left, Mask<Dual> right) => Truth(IsTrue(left) && IsTrue(right));
    public static Mask<Dual> Or(Mask<Dual> left, Mask<Dual> right) => Truth(IsTrue(left) || IsTrue(right));
    public static Mask<Dual> Not(Mask<Dual> value) => Truth(!IsTrue(value));
    public static Dual Select(Mask<Dual> mask, Dual yes, Dual no) => IsTrue(mask) ? yes : no;

    private static Dual Chain(Dual inner, double value, double slope) => new(value, inner.Slope * slope);
    private static bool IsTrue(Mask<Dual> mask) => mask.Bits.Value != 0;
    private static Mask<Dual> Truth(bool value) => new(Of(value ? 1 : 0));
}
