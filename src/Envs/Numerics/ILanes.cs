namespace MamlRobotics.Envs;

/// <summary>
/// A SIMD register in single precision, with one environment per lane. Every operation works lane by lane and rounds in the same way at
/// every width. So the numbers of an environment do not depend on its neighbours, on its place in a batch, or on the width of the
/// processor's registers. <see cref="LaneWidth"/> says which implementation runs.
/// </summary>
/// <typeparam name="T">The register type itself.</typeparam>
public interface ILanes<T> : IReal<T> where T : struct, ILanes<T>
{
    /// <summary>Number of lanes of a register.</summary>
    static abstract int Width { get; }

    /// <summary>Number of registers of this kind in the processor.</summary>
    static abstract int RegisterCount { get; }

    /// <summary>A register with this number, which need not be a constant, in every lane.</summary>
    static abstract T Broadcast(float value);

    static abstract T Load(ReadOnlySpan<float> source);
    static abstract void Store(T value, Span<float> destination);

    /// <summary>Reads a register that begins <paramref name="offset"/> floats after the source, without a check of bounds.</summary>
    static abstract T LoadUnsafe(ref readonly float source, nuint offset = 0);

    /// <summary>Writes a register without a check of bounds.</summary>
    static abstract void StoreUnsafe(T value, ref float destination);

    static abstract T FusedMultiplyAdd(T left, T right, T addend);
    static abstract T CopySign(T magnitude, T sign);

    /// <summary>The minimum as the processor computes it. Where an argument is NaN, the result is the second argument.</summary>
    static abstract T MinNative(T left, T right);

    /// <summary>The maximum as the processor computes it. Where an argument is NaN, the result is the second argument.</summary>
    static abstract T MaxNative(T left, T right);

    /// <summary>One bit per lane; that of lane 0 is the lowest.</summary>
    static abstract uint BitsOf(Mask<T> mask);

    /// <summary>The mask that is true in lane i where bit i is set.</summary>
    static abstract Mask<T> MaskOf(uint bits);

    // The following operations take the bits of a lane as a 32-bit integer.

    /// <summary>A register with this integer in every lane.</summary>
    static abstract T OfInteger(uint value);
    static abstract T AddIntegers(T left, T right);
    static abstract T SubtractIntegers(T left, T right);
    static abstract T AndBits(T left, T right);
    static abstract T XorBits(T left, T right);
    static abstract T ShiftLeft(T value, int count);

    /// <summary>Shifts to the right and fills up with zeros.</summary>
    static abstract T ShiftRight(T value, int count);

    /// <summary>Shifts to the right and fills up with copies of the sign.</summary>
    static abstract T ShiftRightSigned(T value, int count);

    /// <summary>A mask that is true where the integers are equal.</summary>
    static abstract Mask<T> EqualIntegers(T left, T right);

    /// <summary>Converts signed integers to the nearest floats.</summary>
    static abstract T ConvertToSingle(T integers);

    /// <summary>The upper and lower halves of the 64-bit products of unsigned integers.</summary>
    static abstract (T High, T Low) MultiplyIntegers(T value, uint factor);
}
