using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace MamlRobotics.Envs;

/// <summary>Four lanes, in a register of NEON or SSE.</summary>
public readonly struct Lanes128 : ILanes<Lanes128>
{
    // Without this, the compiler would inline only the first of the many operations in an elementary function.
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector128<float> value;

    [MethodImpl(Inline)] private Lanes128(Vector128<float> value) => this.value = value;

    private static readonly Vector128<uint> LaneBit = Vector128.Create(1u, 1u << 1, 1u << 2, 1u << 3);

    public static int Width => Vector128<float>.Count;
    public static int RegisterCount => AdvSimd.IsSupported ? 32 : 16;

    [MethodImpl(Inline)] public static Lanes128 Of(double value) => new(Vector128.Create((float)value));
    [MethodImpl(Inline)] public static Lanes128 Broadcast(float value) => new(Vector128.Create(value));
    [MethodImpl(Inline)] public static Lanes128 Load(ReadOnlySpan<float> source) => new(Vector128.Create(source));
    [MethodImpl(Inline)] public static void Store(Lanes128 value, Span<float> destination) => value.value.CopyTo(destination);
    [MethodImpl(Inline)] public static Lanes128 LoadUnsafe(ref readonly float source, nuint offset = 0) =>
        new(Vector128.LoadUnsafe(in source, offset));
    [MethodImpl(Inline)] public static void StoreUnsafe(Lanes128 value, ref float destination) => value.value.StoreUnsafe(ref destination);

    [MethodImpl(Inline)] public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left.value + right.value);
    [MethodImpl(Inline)] public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left.value - right.value);
    [MethodImpl(Inline)] public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left.value * right.value);
    [MethodImpl(Inline)] public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left.value / right.value);
    [MethodImpl(Inline)] public static Lanes128 operator -(Lanes128 value) => new(-value.value);
    [MethodImpl(Inline)] public static Lanes128 FusedMultiplyAdd(Lanes128 left, Lanes128 right, Lanes128 addend) =>
        new(Vector128.FusedMultiplyAdd(left.value, right.value, addend.value));

    [MethodImpl(Inline)] public static Lanes128 Sqrt(Lanes128 value) => new(Vector128.Sqrt(value.value));
    [MethodImpl(Inline)] public static Lanes128 Exp(Lanes128 value) => ExpOutOfLine(in value);
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] private static Lanes128 ExpOutOfLine(in Lanes128 value) =>
        VectorMath.Exp(in value);
    [MethodImpl(Inline)] public static Lanes128 Sin(Lanes128 value) => SinCos(value).Sin;
    [MethodImpl(Inline)] public static Lanes128 Cos(Lanes128 value) => SinCos(value).Cos;
    [MethodImpl(Inline)] public static (Lanes128 Sin, Lanes128 Cos) SinCos(Lanes128 value) => VectorMath.SinCos(in value);
    [MethodImpl(Inline)] public static Lanes128 Tanh(Lanes128 value) => TanhOutOfLine(in value);
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] private static Lanes128 TanhOutOfLine(in Lanes128 value) =>
        VectorMath.Tanh(in value);
    [MethodImpl(Inline)] public static Lanes128 Abs(Lanes128 value) => new(Vector128.Abs(value.value));
    [MethodImpl(Inline)] public static Lanes128 Floor(Lanes128 value) => new(Vector128.Floor(value.value));
    [MethodImpl(Inline)] public static Lanes128 Min(Lanes128 left, Lanes128 right) => new(Vector128.Min(left.value, right.value));
    [MethodImpl(Inline)] public static Lanes128 Max(Lanes128 left, Lanes128 right) => new(Vector128.Max(left.value, right.value));
    [MethodImpl(Inline)] public static Lanes128 MinNative(Lanes128 left, Lanes128 right) =>
        new(Vector128.MinNative(left.value, right.value));
    [MethodImpl(Inline)] public static Lanes128 MaxNative(Lanes128 left, Lanes128 right) =>
        new(Vector128.MaxNative(left.value, right.value));
    [MethodImpl(Inline)] public static Lanes128 CopySign(Lanes128 magnitude, Lanes128 sign) =>
        new(Vector128.CopySign(magnitude.value, sign.value));

    [MethodImpl(Inline)] public static Mask<Lanes128> operator <(Lanes128 left, Lanes128 right) =>
        Truth(Vector128.LessThan(left.value, right.value));
    [MethodImpl(Inline)] public static Mask<Lanes128> operator >(Lanes128 left, Lanes128 right) =>
        Truth(Vector128.GreaterThan(left.value, right.value));
    [MethodImpl(Inline)] public static Mask<Lanes128> And(Mask<Lanes128> left, Mask<Lanes128> right) =>
        Truth(left.Bits.value & right.Bits.value);
    [MethodImpl(Inline)] public static Mask<Lanes128> Or(Mask<Lanes128> left, Mask<Lanes128> right) =>
        Truth(left.Bits.value | right.Bits.value);
    [MethodImpl(Inline)] public static Mask<Lanes128> Not(Mask<Lanes128> value) => Truth(~value.Bits.value);
    [MethodImpl(Inline)] public static Lanes128 Select(Mask<Lanes128> mask, Lanes128 yes, Lanes128 no) =>
        new(Vector128.ConditionalSelect(mask.Bits.value, yes.value, no.value));
    [MethodImpl(Inline)] public static uint BitsOf(Mask<Lanes128> mask) => (uint)mask.Bits.value.ExtractMostSignificantBits();
    [MethodImpl(Inline)] public static Mask<Lanes128> MaskOf(uint bits) =>
        Truth(Vector128.Equals(Vector128.Create(bits) & LaneBit, LaneBit).AsSingle());

    [MethodImpl(Inline)] public static Lanes128 OfInteger(uint value) => new(Vector128.Create(value).AsSingle());
    [MethodImpl(Inline)] public static Lanes128 AddIntegers(Lanes128 left, Lanes128 right) =>
        new((left.value.AsUInt32() + right.value.AsUInt32()).AsSingle());
    [MethodImpl(Inline)] public static Lanes128 SubtractIntegers(Lanes128 left, Lanes128 right) =>
        new((left.value.AsUInt32() - right.value.AsUInt32()).AsSingle());
    [MethodImpl(Inline)] public static Lanes128 AndBits(Lanes128 left, Lanes128 right) => new(left.value & right.value);
    [MethodImpl(Inline)] public static Lanes128 XorBits(Lanes128 left, Lanes128 right) => new(left.value ^ right.value);
    [MethodImpl(Inline)] public static Lanes128 ShiftLeft(Lanes128 value, int count) => new((value.value.AsUInt32() << count).AsSingle());
    [MethodImpl(Inline)] public static Lanes128 ShiftRight(Lanes128 value, int count) => new((value.value.AsUInt32() >>> count).AsSingle());
    [MethodImpl(Inline)] public static Lanes128 ShiftRightSigned(Lanes128 value, int count) =>
        new((value.value.AsInt32() >> count).AsSingle());
    [MethodImpl(Inline)] public static Mask<Lanes128> EqualIntegers(Lanes128 left, Lanes128 right) =>
        Truth(Vector128.Equals(left.value.AsUInt32(), right.value.AsUInt32()).AsSingle());
    [MethodImpl(Inline)] public static Lanes128 ConvertToSingle(Lanes128 integers) =>
        new(Vector128.ConvertToSingle(integers.value.AsInt32()));

    [MethodImpl(Inline)] public static (Lanes128 High, Lanes128 Low) MultiplyIntegers(Lanes128 value, uint factor)
    {
        Vector128<ulong> lowHalf = Vector128.Create((ulong)uint.MaxValue);
        Vector128<uint> factors = Vector128.Create(factor);
        // The processor multiplies even lanes. Odd lanes are shifted to even places for a second multiplication.
        Vector128<ulong> even = Product(value.value.AsUInt32(), factors);
        Vector128<ulong> odd = Product((value.value.AsUInt64() >>> 32).AsUInt32(), factors);
        return (
            new(Vector128.ConditionalSelect(lowHalf, even >>> 32, odd).AsSingle()),
            new(Vector128.ConditionalSelect(lowHalf, even, odd << 32).AsSingle()));
    }

    [MethodImpl(Inline)]
    private static Vector128<ulong> Product(Vector128<uint> left, Vector128<uint> right) => Sse2.IsSupported
        ? Sse2.Multiply(left, right)
        : (left.AsUInt64() & Vector128.Create((ulong)uint.MaxValue)) * (right.AsUInt64() & Vector128.Create((ulong)uint.MaxValue));

    [MethodImpl(Inline)] private static Mask<Lanes128> Truth(Vector128<float> bits) => new(new Lanes128(bits));
}
