using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MamlRobotics.Envs;

/// <summary>Sixteen lanes, in a register of AVX-512.</summary>
public readonly struct Lanes512 : ILanes<Lanes512>
{
    // Without this, the compiler would inline only the first of the many operations in an elementary function.
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector512<float> value;

    [MethodImpl(Inline)] private Lanes512(Vector512<float> value) => this.value = value;

    private static readonly Vector512<uint> LaneBit = Vector512.Create(
        1u, 1u << 1, 1u << 2, 1u << 3, 1u << 4, 1u << 5, 1u << 6, 1u << 7,
        1u << 8, 1u << 9, 1u << 10, 1u << 11, 1u << 12, 1u << 13, 1u << 14, 1u << 15);

    public static int Width => Vector512<float>.Count;
    public static int RegisterCount => 32;

    [MethodImpl(Inline)] public static Lanes512 Of(double value) => new(Vector512.Create((float)value));
    [MethodImpl(Inline)] public static Lanes512 Broadcast(float value) => new(Vector512.Create(value));
    [MethodImpl(Inline)] public static Lanes512 Load(ReadOnlySpan<float> source) => new(Vector512.Create(source));
    [MethodImpl(Inline)] public static void Store(Lanes512 value, Span<float> destination) => value.value.CopyTo(destination);
    [MethodImpl(Inline)] public static Lanes512 LoadUnsafe(ref readonly float source, nuint offset = 0) =>
        new(Vector512.LoadUnsafe(in source, offset));
    [MethodImpl(Inline)] public static void StoreUnsafe(Lanes512 value, ref float destination) => value.value.StoreUnsafe(ref destination);

    [MethodImpl(Inline)] public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left.value + right.value);
    [MethodImpl(Inline)] public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left.value - right.value);
    [MethodImpl(Inline)] public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left.value * right.value);
    [MethodImpl(Inline)] public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left.value / right.value);
    [MethodImpl(Inline)] public static Lanes512 operator -(Lanes512 value) => new(-value.value);
    [MethodImpl(Inline)] public static Lanes512 FusedMultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(Vector512.FusedMultiplyAdd(left.value, right.value, addend.value));

    [MethodImpl(Inline)] public static Lanes512 Sqrt(Lanes512 value) => new(Vector512.Sqrt(value.value));
    [MethodImpl(Inline)] public static Lanes512 Exp(Lanes512 value) => ExpOutOfLine(in value);
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] private static Lanes512 ExpOutOfLine(in Lanes512 value) =>
        VectorMath.Exp(in value);
    [MethodImpl(Inline)] public static Lanes512 Sin(Lanes512 value) => SinCos(value).Sin;
    [MethodImpl(Inline)] public static Lanes512 Cos(Lanes512 value) => SinCos(value).Cos;
    [MethodImpl(Inline)] public static (Lanes512 Sin, Lanes512 Cos) SinCos(Lanes512 value) => VectorMath.SinCos(in value);
    [MethodImpl(Inline)] public static Lanes512 Tanh(Lanes512 value) => TanhOutOfLine(in value);
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] private static Lanes512 TanhOutOfLine(in Lanes512 value) =>
        VectorMath.Tanh(in value);
    [MethodImpl(Inline)] public static Lanes512 Abs(Lanes512 value) => new(Vector512.Abs(value.value));
    [MethodImpl(Inline)] public static Lanes512 Floor(Lanes512 value) => new(Vector512.Floor(value.value));
    [MethodImpl(Inline)] public static Lanes512 Min(Lanes512 left, Lanes512 right) => new(Vector512.Min(left.value, right.value));
    [MethodImpl(Inline)] public static Lanes512 Max(Lanes512 left, Lanes512 right) => new(Vector512.Max(left.value, right.value));
    [MethodImpl(Inline)] public static Lanes512 MinNative(Lanes512 left, Lanes512 right) =>
        new(Vector512.MinNative(left.value, right.value));
    [MethodImpl(Inline)] public static Lanes512 MaxNative(Lanes512 left, Lanes512 right) =>
        new(Vector512.MaxNative(left.value, right.value));
    [MethodImpl(Inline)] public static Lanes512 CopySign(Lanes512 magnitude, Lanes512 sign) =>
        new(Vector512.CopySign(magnitude.value, sign.value));

    [MethodImpl(Inline)] public static Mask<Lanes512> operator <(Lanes512 left, Lanes512 right) =>
        Truth(Vector512.LessThan(left.value, right.value));
    [MethodImpl(Inline)] public static Mask<Lanes512> operator >(Lanes512 left, Lanes512 right) =>
        Truth(Vector512.GreaterThan(left.value, right.value));
    [MethodImpl(Inline)] public static Mask<Lanes512> And(Mask<Lanes512> left, Mask<Lanes512> right) =>
        Truth(left.Bits.value & right.Bits.value);
    [MethodImpl(Inline)] public static Mask<Lanes512> Or(Mask<Lanes512> left, Mask<Lanes512> right) =>
        Truth(left.Bits.value | right.Bits.value);
    [MethodImpl(Inline)] public static Mask<Lanes512> Not(Mask<Lanes512> value) => Truth(~value.Bits.value);
    [MethodImpl(Inline)] public static Lanes512 Select(Mask<Lanes512> mask, Lanes512 yes, Lanes512 no) =>
        new(Vector512.ConditionalSelect(mask.Bits.value, yes.value, no.value));
    [MethodImpl(Inline)] public static uint BitsOf(Mask<Lanes512> mask) => (uint)mask.Bits.value.ExtractMostSignificantBits();
    [MethodImpl(Inline)] public static Mask<Lanes512> MaskOf(uint bits) =>
        Truth(Vector512.Equals(Vector512.Create(bits) & LaneBit, LaneBit).AsSingle());

    [MethodImpl(Inline)] public static Lanes512 OfInteger(uint value) => new(Vector512.Create(value).AsSingle());
    [MethodImpl(Inline)] public static Lanes512 AddIntegers(Lanes512 left, Lanes512 right) =>
        new((left.value.AsUInt32() + right.value.AsUInt32()).AsSingle());
    [MethodImpl(Inline)] public static Lanes512 SubtractIntegers(Lanes512 left, Lanes512 right) =>
        new((left.value.AsUInt32() - right.value.AsUInt32()).AsSingle());
    [MethodImpl(Inline)] public static Lanes512 AndBits(Lanes512 left, Lanes512 right) => new(left.value & right.value);
    [MethodImpl(Inline)] public static Lanes512 XorBits(Lanes512 left, Lanes512 right) => new(left.value ^ right.value);
    [MethodImpl(Inline)] public static Lanes512 ShiftLeft(Lanes512 value, int count) => new((value.value.AsUInt32() << count).AsSingle());
    [MethodImpl(Inline)] public static Lanes512 ShiftRight(Lanes512 value, int count) => new((value.value.AsUInt32() >>> count).AsSingle());
    [MethodImpl(Inline)] public static Lanes512 ShiftRightSigned(Lanes512 value, int count) =>
        new((value.value.AsInt32() >> count).AsSingle());
    [MethodImpl(Inline)] public static Mask<Lanes512> EqualIntegers(Lanes512 left, Lanes512 right) =>
        Truth(Vector512.Equals(left.value.AsUInt32(), right.value.AsUInt32()).AsSingle());
    [MethodImpl(Inline)] public static Lanes512 ConvertToSingle(Lanes512 integers) =>
        new(Vector512.ConvertToSingle(integers.value.AsInt32()));

    [MethodImpl(Inline)] public static (Lanes512 High, Lanes512 Low) MultiplyIntegers(Lanes512 value, uint factor)
    {
        Vector512<ulong> lowHalf = Vector512.Create((ulong)uint.MaxValue);
        Vector512<uint> factors = Vector512.Create(factor);
        // The processor multiplies even lanes. Odd lanes are shifted to even places for a second multiplication.
        Vector512<ulong> even = Product(value.value.AsUInt32(), factors);
        Vector512<ulong> odd = Product((value.value.AsUInt64() >>> 32).AsUInt32(), factors);
        return (
            new(Vector512.ConditionalSelect(lowHalf, even >>> 32, odd).AsSingle()),
            new(Vector512.ConditionalSelect(lowHalf, even, odd << 32).AsSingle()));
    }

    [MethodImpl(Inline)]
    private static Vector512<ulong> Product(Vector512<uint> left, Vector512<uint> right) => Avx512F.IsSupported
        ? Avx512F.Multiply(left, right)
        : (left.AsUInt64() & Vector512.Create((ulong)uint.MaxValue)) * (right.AsUInt64() & Vector512.Create((ulong)uint.MaxValue));

    [MethodImpl(Inline)] private static Mask<Lanes512> Truth(Vector512<float> bits) => new(new Lanes512(bits));
}
