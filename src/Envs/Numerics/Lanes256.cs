using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MamlRobotics.Envs;

/// <summary>Eight lanes, in a register of AVX2.</summary>
public readonly struct Lanes256 : ILanes<Lanes256>
{
    // Without this, the compiler would inline only the first of the many operations in an elementary function.
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector256<float> value;

    [MethodImpl(Inline)] private Lanes256(Vector256<float> value) => this.value = value;

    private static readonly Vector256<uint> LaneBit = Vector256.Create(1u, 1u << 1, 1u << 2, 1u << 3, 1u << 4, 1u << 5, 1u << 6, 1u << 7);

    public static int Width => Vector256<float>.Count;
    public static int RegisterCount => 16;

    [MethodImpl(Inline)] public static Lanes256 Of(double value) => new(Vector256.Create((float)value));
    [MethodImpl(Inline)] public static Lanes256 Broadcast(float value) => new(Vector256.Create(value));
    [MethodImpl(Inline)] public static Lanes256 Load(ReadOnlySpan<float> source) => new(Vector256.Create(source));
    [MethodImpl(Inline)] public static void Store(Lanes256 value, Span<float> destination) => value.value.CopyTo(destination);
    [MethodImpl(Inline)] public static Lanes256 LoadUnsafe(ref readonly float source, nuint offset = 0) =>
        new(Vector256.LoadUnsafe(in source, offset));
    [MethodImpl(Inline)] public static void StoreUnsafe(Lanes256 value, ref float destination) => value.value.StoreUnsafe(ref destination);

    [MethodImpl(Inline)] public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left.value + right.value);
    [MethodImpl(Inline)] public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left.value - right.value);
    [MethodImpl(Inline)] public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left.value * right.value);
    [MethodImpl(Inline)] public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left.value / right.value);
    [MethodImpl(Inline)] public static Lanes256 operator -(Lanes256 value) => new(-value.value);
    [MethodImpl(Inline)] public static Lanes256 FusedMultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(Vector256.FusedMultiplyAdd(left.value, right.value, addend.value));

    [MethodImpl(Inline)] public static Lanes256 Sqrt(Lanes256 value) => new(Vector256.Sqrt(value.value));
    [MethodImpl(Inline)] public static Lanes256 Exp(Lanes256 value) => ExpOutOfLine(in value);
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] private static Lanes256 ExpOutOfLine(in Lanes256 value) =>
        VectorMath.Exp(in value);
    [MethodImpl(Inline)] public static Lanes256 Sin(Lanes256 value) => SinCos(value).Sin;
    [MethodImpl(Inline)] public static Lanes256 Cos(Lanes256 value) => SinCos(value).Cos;
    [MethodImpl(Inline)] public static (Lanes256 Sin, Lanes256 Cos) SinCos(Lanes256 value) => VectorMath.SinCos(in value);
    [MethodImpl(Inline)] public static Lanes256 Tanh(Lanes256 value) => TanhOutOfLine(in value);
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] private static Lanes256 TanhOutOfLine(in Lanes256 value) =>
        VectorMath.Tanh(in value);
    [MethodImpl(Inline)] public static Lanes256 Abs(Lanes256 value) => new(Vector256.Abs(value.value));
    [MethodImpl(Inline)] public static Lanes256 Floor(Lanes256 value) => new(Vector256.Floor(value.value));
    [MethodImpl(Inline)] public static Lanes256 Min(Lanes256 left, Lanes256 right) => new(Vector256.Min(left.value, right.value));
    [MethodImpl(Inline)] public static Lanes256 Max(Lanes256 left, Lanes256 right) => new(Vector256.Max(left.value, right.value));
    [MethodImpl(Inline)] public static Lanes256 MinNative(Lanes256 left, Lanes256 right) =>
        new(Vector256.MinNative(left.value, right.value));
    [MethodImpl(Inline)] public static Lanes256 MaxNative(Lanes256 left, Lanes256 right) =>
        new(Vector256.MaxNative(left.value, right.value));
    [MethodImpl(Inline)] public static Lanes256 CopySign(Lanes256 magnitude, Lanes256 sign) =>
        new(Vector256.CopySign(magnitude.value, sign.value));

    [MethodImpl(Inline)] public static Mask<Lanes256> operator <(Lanes256 left, Lanes256 right) =>
        Truth(Vector256.LessThan(left.value, right.value));
    [MethodImpl(Inline)] public static Mask<Lanes256> operator >(Lanes256 left, Lanes256 right) =>
        Truth(Vector256.GreaterThan(left.value, right.value));
    [MethodImpl(Inline)] public static Mask<Lanes256> And(Mask<Lanes256> left, Mask<Lanes256> right) =>
        Truth(left.Bits.value & right.Bits.value);
    [MethodImpl(Inline)] public static Mask<Lanes256> Or(Mask<Lanes256> left, Mask<Lanes256> right) =>
        Truth(left.Bits.value | right.Bits.value);
    [MethodImpl(Inline)] public static Mask<Lanes256> Not(Mask<Lanes256> value) => Truth(~value.Bits.value);
    [MethodImpl(Inline)] public static Lanes256 Select(Mask<Lanes256> mask, Lanes256 yes, Lanes256 no) =>
        new(Vector256.ConditionalSelect(mask.Bits.value, yes.value, no.value));
    [MethodImpl(Inline)] public static uint BitsOf(Mask<Lanes256> mask) => (uint)mask.Bits.value.ExtractMostSignificantBits();
    [MethodImpl(Inline)] public static Mask<Lanes256> MaskOf(uint bits) =>
        Truth(Vector256.Equals(Vector256.Create(bits) & LaneBit, LaneBit).AsSingle());

    [MethodImpl(Inline)] public static Lanes256 OfInteger(uint value) => new(Vector256.Create(value).AsSingle());
    [MethodImpl(Inline)] public static Lanes256 AddIntegers(Lanes256 left, Lanes256 right) =>
        new((left.value.AsUInt32() + right.value.AsUInt32()).AsSingle());
    [MethodImpl(Inline)] public static Lanes256 SubtractIntegers(Lanes256 left, Lanes256 right) =>
        new((left.value.AsUInt32() - right.value.AsUInt32()).AsSingle());
    [MethodImpl(Inline)] public static Lanes256 AndBits(Lanes256 left, Lanes256 right) => new(left.value & right.value);
    [MethodImpl(Inline)] public static Lanes256 XorBits(Lanes256 left, Lanes256 right) => new(left.value ^ right.value);
    [MethodImpl(Inline)] public static Lanes256 ShiftLeft(Lanes256 value, int count) => new((value.value.AsUInt32() << count).AsSingle());
    [MethodImpl(Inline)] public static Lanes256 ShiftRight(Lanes256 value, int count) => new((value.value.AsUInt32() >>> count).AsSingle());
    [MethodImpl(Inline)] public static Lanes256 ShiftRightSigned(Lanes256 value, int count) =>
        new((value.value.AsInt32() >> count).AsSingle());
    [MethodImpl(Inline)] public static Mask<Lanes256> EqualIntegers(Lanes256 left, Lanes256 right) =>
        Truth(Vector256.Equals(left.value.AsUInt32(), right.value.AsUInt32()).AsSingle());
    [MethodImpl(Inline)] public static Lanes256 ConvertToSingle(Lanes256 integers) =>
        new(Vector256.ConvertToSingle(integers.value.AsInt32()));

    [MethodImpl(Inline)] public static (Lanes256 High, Lanes256 Low) MultiplyIntegers(Lanes256 value, uint factor)
    {
        Vector256<ulong> lowHalf = Vector256.Create((ulong)uint.MaxValue);
        Vector256<uint> factors = Vector256.Create(factor);
        // The processor multiplies even lanes. Odd lanes are shifted to even places for a second multiplication.
        Vector256<ulong> even = Product(value.value.AsUInt32(), factors);
        Vector256<ulong> odd = Product((value.value.AsUInt64() >>> 32).AsUInt32(), factors);
        return (
            new(Vector256.ConditionalSelect(lowHalf, even >>> 32, odd).AsSingle()),
            new(Vector256.ConditionalSelect(lowHalf, even, odd << 32).AsSingle()));
    }

    [MethodImpl(Inline)]
    private static Vector256<ulong> Product(Vector256<uint> left, Vector256<uint> right) => Avx2.IsSupported
        ? Avx2.Multiply(left, right)
        : (left.AsUInt64() & Vector256.Create((ulong)uint.MaxValue)) * (right.AsUInt64() & Vector256.Create((ulong)uint.MaxValue));

    [MethodImpl(Inline)] private static Mask<Lanes256> Truth(Vector256<float> bits) => new(new Lanes256(bits));
}
