namespace MamlRobotics.Envs;

/// <summary>
/// The operations that dynamics, observations and rewards may use. The same source then runs on a double (<see cref="Scalar"/>), on a
/// SIMD register (<see cref="ILanes{T}"/>) or on a tensor. There is no conversion to bool. Instead of branching on a value, code compares
/// it, which gives a <see cref="Mask{T}"/>, and selects one of two results.
/// </summary>
/// <typeparam name="T">The number type itself.</typeparam>
public interface IReal<T> where T : struct, IReal<T>
{
    static abstract T Of(double value);

    static abstract T operator +(T left, T right);
    static abstract T operator -(T left, T right);
    static abstract T operator *(T left, T right);
    static abstract T operator /(T left, T right);
    static abstract T operator -(T value);

    static abstract T Sqrt(T value);
    static abstract T Exp(T value);
    static abstract T Sin(T value);
    static abstract T Cos(T value);
    static abstract (T Sin, T Cos) SinCos(T value);
    static abstract T Tanh(T value);
    static abstract T Abs(T value);
    static abstract T Floor(T value);
    static abstract T Min(T left, T right);
    static abstract T Max(T left, T right);

    static abstract Mask<T> operator <(T left, T right);
    static abstract Mask<T> operator >(T left, T right);
    static abstract Mask<T> And(Mask<T> left, Mask<T> right);
    static abstract Mask<T> Or(Mask<T> left, Mask<T> right);
    static abstract Mask<T> Not(Mask<T> value);

    /// <summary><paramref name="yes"/> where the mask is true, else <paramref name="no"/>; both are evaluated.</summary>
    static abstract T Select(Mask<T> mask, T yes, T no);
}

/// <summary>The result of a comparison, one truth value per environment.</summary>
/// <param name="Bits">Truth values in the representation of the number type, which alone reads them</param>
public readonly record struct Mask<T>(T Bits) where T : struct, IReal<T>
{
    public static Mask<T> operator &(Mask<T> left, Mask<T> right) => T.And(left, right);
    public static Mask<T> operator |(Mask<T> left, Mask<T> right) => T.Or(left, right);
    public static Mask<T> operator !(Mask<T> value) => T.Not(value);
    public T Select(T yes, T no) => T.Select(this, yes, no);

    /// <summary>False for every environment.</summary>
    public static Mask<T> None => T.Of(1) < T.Of(0);
}

/// <summary>Functions that are composed of the operations of <see cref="IReal{T}"/>.</summary>
public static class Real
{
    public static T Clamp<T>(T value, T low, T high) where T : struct, IReal<T> => T.Min(T.Max(value, low), high);

    /// <summary>Length of the vector (x, y).</summary>
    public static T Hypot<T>(T x, T y) where T : struct, IReal<T> => T.Sqrt(x * x + y * y);

    /// <summary>The angle in [-pi, pi) that differs from <paramref name="angle"/> by whole turns, rad.</summary>
    public static T WrapAngle<T>(T angle) where T : struct, IReal<T> =>
        angle - T.Of(Math.Tau) * T.Floor(angle * T.Of(1 / Math.Tau) + T.Of(0.5));
}
