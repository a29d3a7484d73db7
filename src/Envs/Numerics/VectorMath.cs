using System.Runtime.CompilerServices;

namespace MamlRobotics.Envs;

/// <summary>
/// Elementary functions of vectors in single precision. The base library lacks them, or computes them in double precision and several
/// times slower.
/// </summary>
public static class VectorMath
{
    // pi / 2 as the sum of two floats, so that a multiple of it is subtracted accurately to the last bit.
    private const float HalfPi = 1.57079637f, HalfPiRest = -4.37113883e-8f;

    // ln 2 as such a sum, and the logarithms of the smallest and the largest normal float.
    private const float Ln2 = 0.693147182f, Ln2Rest = -1.90465421e-9f, LowestExponent = -87.3f, HighestExponent = 88.3f;

    // From this argument on, the float that is nearest to the hyperbolic tangent is one.
    private const float TanhIsOne = 9.1f;

    // Adding this number and subtracting it again rounds to a whole number. The last bits of the sum are those of the whole number.
    private const float Rounder = 12582912f;

    /// <summary>
    /// Exponential function with a relative error below 2e-7. Results beyond the normal floats are clamped to their range.
    /// It reduces by powers of two and uses the polynomial of Cephes' expf (Moshier 1989).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(in T x) where T : struct, ILanes<T>
    {
        T bounded = T.MinNative(T.MaxNative(x, T.Of(LowestExponent)), T.Of(HighestExponent));
        T shifted = T.FusedMultiplyAdd(bounded, T.Of(1 / Ln2), T.Of(Rounder));
        T powers = shifted - T.Of(Rounder);
        T r = T.FusedMultiplyAdd(powers, T.Of(-Ln2), bounded);
        r = T.FusedMultiplyAdd(powers, T.Of(-Ln2Rest), r);
        T p = T.FusedMultiplyAdd(r, T.Of(1.9875691500e-4f), T.Of(1.3981999507e-3f));
        p = T.FusedMultiplyAdd(r, p, T.Of(8.3334519073e-3f));
        p = T.FusedMultiplyAdd(r, p, T.Of(4.1665795894e-2f));
        p = T.FusedMultiplyAdd(r, p, T.Of(1.6666665459e-1f));
        p = T.FusedMultiplyAdd(r, p, T.Of(5.0000001201e-1f));
        p = T.FusedMultiplyAdd(p, r * r, r + T.Of(1));
        // The whole part is added directly to the bits of the exponent.
        return T.AddIntegers(p, T.ShiftLeft(shifted, 23));
    }

    /// <summary>
    /// Hyperbolic tangent with an absolute error below 2e-7. It is 1 - 2 / (1 + exp 2|x|). The exponential is reduced by powers of two
    /// and computed by its Taylor polynomial. It needs fewer digits, and thus fewer operations, than <see cref="Exp"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(in T x) where T : struct, ILanes<T>
    {
        // With NaN as its second argument the minimum is NaN, so that the result is NaN too.
        T magnitude = T.MinNative(T.Of(TanhIsOne), T.Abs(x));
        T shifted = T.FusedMultiplyAdd(magnitude, T.Of(2 / Ln2), T.Of(Rounder));
        T r = T.FusedMultiplyAdd(shifted - T.Of(Rounder), T.Of(-Ln2 / 2), magnitude);
        T p = T.FusedMultiplyAdd(r, T.Of(64f / 720), T.Of(32f / 120));
        p = T.FusedMultiplyAdd(r, p, T.Of(16f / 24));
        p = T.FusedMultiplyAdd(r, p, T.Of(8f / 6));
        p = T.FusedMultiplyAdd(r, p, T.Of(2f));
        p = T.FusedMultiplyAdd(r, p, T.Of(2f));
        p = T.FusedMultiplyAdd(r, p, T.Of(1));
        T e = T.AddIntegers(p, T.ShiftLeft(shifted, 23));
        return T.CopySign(T.Of(1) - T.Of(2f) / (e + T.Of(1)), x);
    }

    /// <summary>
    /// Natural logarithm of positive normal floats, with an error below 2e-7 relative to the larger of one and the result.
    /// The logarithm of the mantissa is the polynomial of Cephes' logf (Moshier 1989).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(in T x) where T : struct, ILanes<T>
    {
        // Splits x into 2^exponent times a mantissa between sqrt(1/2) and sqrt(2).
        T offset = T.SubtractIntegers(x, T.Of(0.707106781f));
        T exponent = T.ConvertToSingle(T.ShiftRightSigned(offset, 23));
        T r = T.SubtractIntegers(x, T.AndBits(offset, T.OfInteger(~0u << 23))) - T.Of(1);
        T p = T.FusedMultiplyAdd(r, T.Of(7.0376836292e-2f), T.Of(-1.1514610310e-1f));
        p = T.FusedMultiplyAdd(r, p, T.Of(1.1676998740e-1f));
        p = T.FusedMultiplyAdd(r, p, T.Of(-1.2420140846e-1f));
        p = T.FusedMultiplyAdd(r, p, T.Of(1.4249322787e-1f));
        p = T.FusedMultiplyAdd(r, p, T.Of(-1.6668057665e-1f));
        p = T.FusedMultiplyAdd(r, p, T.Of(2.0000714765e-1f));
        p = T.FusedMultiplyAdd(r, p, T.Of(-2.4999993993e-1f));
        p = T.FusedMultiplyAdd(r, p, T.Of(3.3333331174e-1f));
        T square = r * r;
        T rest = T.FusedMultiplyAdd(exponent, T.Of(Ln2Rest), p * square * r);
        rest = T.FusedMultiplyAdd(square, T.Of(-0.5f), rest);
        return T.FusedMultiplyAdd(exponent, T.Of(Ln2), rest + r);
    }

    /// <summary>
    /// Sine and cosine with an absolute error below 2e-7 for angles up to 1e4 rad. Results for larger angles lose digits but stay within
    /// [-1, 1]. It reduces to an eighth of a turn and uses the polynomials of Cephes' sinf and cosf (Moshier 1989).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Sin, T Cos) SinCos<T>(in T x) where T : struct, ILanes<T>
    {
        T shifted = T.FusedMultiplyAdd(x, T.Of(2 / MathF.PI), T.Of(Rounder));
        T turns = shifted - T.Of(Rounder);
        T r = T.FusedMultiplyAdd(turns, T.Of(-HalfPi), x);
        r = T.FusedMultiplyAdd(turns, T.Of(-HalfPiRest), r);
        // The remainder is at most an eighth of a turn plus rounding errors, but it can be anything for angles that are too large.
        r = T.MinNative(T.MaxNative(r, T.Of(-1f)), T.Of(1));
        T square = r * r;

        T sin = T.FusedMultiplyAdd(square, T.Of(-1.9515295891e-4f), T.Of(8.3321608736e-3f));
        sin = T.FusedMultiplyAdd(square, sin, T.Of(-1.6666654611e-1f));
        sin = T.FusedMultiplyAdd(sin * square, r, r);
        T cos = T.FusedMultiplyAdd(square, T.Of(2.443315711809948e-5f), T.Of(-1.388731625493765e-3f));
        cos = T.FusedMultiplyAdd(square, cos, T.Of(4.166664568298827e-2f));
        cos = T.FusedMultiplyAdd(cos * square, square, T.FusedMultiplyAdd(square, T.Of(-0.5f), T.Of(1)));

        T one = T.OfInteger(1), two = T.OfInteger(2);
        Mask<T> isOdd = T.EqualIntegers(T.AndBits(shifted, one), one);
        T sinSign = T.ShiftLeft(T.AndBits(shifted, two), 30), cosSign = T.ShiftLeft(T.AndBits(T.AddIntegers(shifted, one), two), 30);
        return (T.XorBits(isOdd.Select(cos, sin), sinSign), T.XorBits(isOdd.Select(sin, cos), cosSign));
    }
}
