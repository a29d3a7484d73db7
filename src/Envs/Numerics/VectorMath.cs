using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MamlRobotics.Envs;

/// <summary>
/// Elementary functions in single precision that the base library lacks for vectors, or has in double precision inside
/// and several times slower.
/// </summary>
public static class VectorMath
{
    // pi / 2 as the sum of two floats, so that a multiple of it is taken off to the last bit.
    private const float HalfPi = 1.57079637f, HalfPiRest = -4.37113883e-8f;

    // ln 2 in the same way, and the logarithms of the smallest and the largest normal float.
    private const float Ln2 = 0.693147182f, Ln2Rest = -1.90465421e-9f, LowestExponent = -87.3f, HighestExponent = 88.3f;

    // From here on the nearest float to the hyperbolic tangent is one.
    private const float TanhIsOne = 9.1f;

    // Added and taken off again it rounds to a whole number, whose last bits then are those of the sum.
    private const float Rounder = 12582912f;

    /// <summary>
    /// Exponential function, error below 2e-7 relative; beyond the range of normal floats it stays at its ends.
    /// Reduction by powers of two and the polynomial of Cephes' expf (Moshier 1989).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        x = Vector512.MinNative(Vector512.MaxNative(x, Vector512.Create(LowestExponent)), Vector512.Create(HighestExponent));
        Vector512<float> shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1 / Ln2), Vector512.Create(Rounder));
        Vector512<float> powers = shifted - Vector512.Create(Rounder);
        Vector512<float> r = Vector512.FusedMultiplyAdd(powers, Vector512.Create(-Ln2), x);
        r = Vector512.FusedMultiplyAdd(powers, Vector512.Create(-Ln2Rest), r);
        Vector512<float> p = Vector512.FusedMultiplyAdd(r, Vector512.Create(1.9875691500e-4f), Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(5.0000001201e-1f));
        p = Vector512.FusedMultiplyAdd(p, r * r, r + Vector512<float>.One);
        // The whole part goes straight into the exponent's bits.
        return (p.AsInt32() + (shifted.AsInt32() << 23)).AsSingle();
    }

    /// <summary>
    /// Hyperbolic tangent, error below 2e-7 absolute: one less twice the inverse of 1 + exp 2|x|, whose part between powers
    /// of two is its Taylor polynomial. An exponential of its own takes fewer operations, as it needs fewer digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        // The minimum of the processor gives its second argument where one is no number.
        Vector512<float> magnitude = Vector512.MinNative(Vector512.Create(TanhIsOne), Vector512.Abs(x));
        Vector512<float> shifted = Vector512.FusedMultiplyAdd(magnitude, Vector512.Create(2 / Ln2), Vector512.Create(Rounder));
        Vector512<float> r = Vector512.FusedMultiplyAdd(shifted - Vector512.Create(Rounder), Vector512.Create(-Ln2 / 2), magnitude);
        Vector512<float> p = Vector512.FusedMultiplyAdd(r, Vector512.Create(64f / 720), Vector512.Create(32f / 120));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(16f / 24));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(8f / 6));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(2f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(2f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512<float>.One);
        Vector512<float> e = (p.AsInt32() + (shifted.AsInt32() << 23)).AsSingle();
        return Vector512.CopySign(Vector512<float>.One - Vector512.Create(2f) / (e + Vector512<float>.One), x);
    }

    /// <summary>
    /// Natural logarithm of positive normal floats, error below 2e-7 relative to the larger of one and the result.
    /// The mantissa's part is the polynomial of Cephes' logf (Moshier 1989).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        // Splits x into 2^exponent times a mantissa between the roots of a half and of two.
        Vector512<int> offset = x.AsInt32() - Vector512.Create(BitConverter.SingleToInt32Bits(0.707106781f));
        Vector512<float> exponent = Vector512.ConvertToSingle(offset >> 23);
        Vector512<float> r = (x.AsInt32() - (offset & Vector512.Create(-1 << 23))).AsSingle() - Vector512<float>.One;
        Vector512<float> p = Vector512.FusedMultiplyAdd(r, Vector512.Create(7.0376836292e-2f), Vector512.Create(-1.1514610310e-1f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(1.1676998740e-1f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(-1.2420140846e-1f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(1.4249322787e-1f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(-1.6668057665e-1f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(2.0000714765e-1f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(-2.4999993993e-1f));
        p = Vector512.FusedMultiplyAdd(r, p, Vector512.Create(3.3333331174e-1f));
        Vector512<float> square = r * r;
        Vector512<float> rest = Vector512.FusedMultiplyAdd(exponent, Vector512.Create(Ln2Rest), p * square * r);
        rest = Vector512.FusedMultiplyAdd(square, Vector512.Create(-0.5f), rest);
        return Vector512.FusedMultiplyAdd(exponent, Vector512.Create(Ln2), rest + r);
    }

    /// <summary>
    /// Sine and cosine, error below 2e-7 absolute for angles up to 1e4 rad; larger angles lose digits but stay within
    /// [-1, 1]. Reduction to an eighth turn and the polynomials of Cephes' sinf and cosf (Moshier 1989).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Sin, Vector512<float> Cos) SinCos(Vector512<float> x)
    {
        Vector512<float> shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(2 / MathF.PI), Vector512.Create(Rounder));
        Vector512<float> turns = shifted - Vector512.Create(Rounder);
        Vector512<float> r = Vector512.FusedMultiplyAdd(turns, Vector512.Create(-HalfPi), x);
        r = Vector512.FusedMultiplyAdd(turns, Vector512.Create(-HalfPiRest), r);
        // What is left is an eighth turn and some rounding; of angles beyond the reduction it could be anything.
        r = Vector512.MinNative(Vector512.MaxNative(r, Vector512.Create(-1f)), Vector512<float>.One);
        Vector512<float> square = r * r;

        Vector512<float> sin = Vector512.FusedMultiplyAdd(square, Vector512.Create(-1.9515295891e-4f), Vector512.Create(8.3321608736e-3f));
        sin = Vector512.FusedMultiplyAdd(square, sin, Vector512.Create(-1.6666654611e-1f));
        sin = Vector512.FusedMultiplyAdd(sin * square, r, r);
        Vector512<float> cos = Vector512.FusedMultiplyAdd(square, Vector512.Create(2.443315711809948e-5f), Vector512.Create(-1.388731625493765e-3f));
        cos = Vector512.FusedMultiplyAdd(square, cos, Vector512.Create(4.166664568298827e-2f));
        cos = Vector512.FusedMultiplyAdd(cos * square, square, Vector512.FusedMultiplyAdd(square, Vector512.Create(-0.5f), Vector512<float>.One));

        Vector512<int> quadrant = shifted.AsInt32();
        Vector512<float> isOdd = Vector512.Equals(quadrant & Vector512<int>.One, Vector512<int>.One).AsSingle();
        Vector512<int> sinSign = (quadrant & Vector512.Create(2)) << 30, cosSign = ((quadrant + Vector512<int>.One) & Vector512.Create(2)) << 30;
        return (
            (Vector512.ConditionalSelect(isOdd, cos, sin).AsInt32() ^ sinSign).AsSingle(),
            (Vector512.ConditionalSelect(isOdd, sin, cos).AsInt32() ^ cosSign).AsSingle());
    }
}
