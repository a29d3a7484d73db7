using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MamlRobotics.Envs;

/// <summary>
/// A SIMD register in single precision, one environment per lane. Every operation works lane by lane, so an
/// environment's numbers do not depend on its neighbours or on where in a batch it stands.
/// </summary>
public readonly record struct Lanes(Vector512<float> Value) : IReal<Lanes>
{
    // Chosen over Vector<float>, whose width .NET holds at 256 bits on processors that do have 512.
    public static int Width => Vector512<float>.Count;

    public static Lanes Of(double value) => new(Vector512.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Load(ReadOnlySpan<float> source) => new(Vector512.Create(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<float> destination) => Value.CopyTo(destination);

    public static Lanes operator +(Lanes left, Lanes right) => new(left.Value + right.Value);
    public static Lanes operator -(Lanes left, Lanes right) => new(left.Value - right.Value);
    public static Lanes operator *(Lanes left, Lanes right) => new(left.Value * right.Value);
    public static Lanes operator /(Lanes left, Lanes right) => new(left.Value / right.Value);
    public static Lanes operator -(Lanes value) => new(-value.Value);

    public static Lanes Sqrt(Lanes value) => new(Vector512.Sqrt(value.Value));
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Lanes Exp(Lanes value) => new(VectorMath.Exp(value.Value));
    public static Lanes Sin(Lanes value) => SinCos(value).Sin;
    public static Lanes Cos(Lanes value) => SinCos(value).Cos;
    public static (Lanes Sin, Lanes Cos) SinCos(Lanes value)
    {
        (Vector512<float> sin, Vector512<float> cos) = VectorMath.SinCos(value.Value);
        return (new(sin), new(cos));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Lanes Tanh(Lanes value) => new(VectorMath.Tanh(value.Value));
    public static Lanes Abs(Lanes value) => new(Vector512.Abs(value.Value));
    public static Lanes Floor(Lanes value) => new(Vector512.Floor(value.Value));
    public static Lanes Min(Lanes left, Lanes right) => new(Vector512.Min(left.Value, right.Value));
    public static Lanes Max(Lanes left, Lanes right) => new(Vector512.Max(left.Value, right.Value));

    public static Mask<Lanes> operator <(Lanes left, Lanes right) => Truth(Vector512.LessThan(left.Value, right.Value));
    public static Mask<Lanes> operator >(Lanes left, Lanes right) => Truth(Vector512.GreaterThan(left.Value, right.Value));
    public static Mask<Lanes> And(Mask<Lanes> left, Mask<Lanes> right) => Truth(left.Bits.Value & right.Bits.Value);
    public static Mask<Lanes> Or(Mask<Lanes> left, Mask<Lanes> right) => Truth(left.Bits.Value | right.Bits.Value);
    public static Mask<Lanes> Not(Mask<Lanes> value) => Truth(~value.Bits.Value);

    public static Lanes Select(Mask<Lanes> mask, Lanes yes, Lanes no) =>
        new(Vector512.ConditionalSelect(mask.Bits.Value, yes.Value, no.Value));

    /// <summary>One bit per lane, lane 0 lowest.</summary>
    public static uint BitsOf(Mask<Lanes> mask) => (uint)mask.Bits.Value.ExtractMostSignificantBits();

    /// <summary>The mask whose lane i holds where bit i is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Lanes> MaskOf(uint bits)
    {
        Vector512<uint> selected = Vector512.Create(bits) & LaneBit;
        return Truth(Vector512.Equals(selected, LaneBit).AsSingle());
    }

    private static readonly Vector512<uint> LaneBit = Vector512.Create(
        1u, 1u << 1, 1u << 2, 1u << 3, 1u << 4, 1u << 5, 1u << 6, 1u << 7,
        1u << 8, 1u << 9, 1u << 10, 1u << 11, 1u << 12, 1u << 13, 1u << 14, 1u << 15);

    private static Mask<Lanes> Truth(Vector512<float> bits) => new(new Lanes(bits));
}
