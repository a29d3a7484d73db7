namespace MamlRobotics.Envs;

/// <summary>
/// A SIMD register in single precision, one environment per lane. Every operation works lane by lane and rounds in the same
/// way at every width, so an environment's numbers do not depend on its neighbours, on where in a batch it stands, or on
/// the processor's registers. <see cref="LaneWidth"/> says which implementation runs.
/// </summary>
/// <typeparam name="T">The register type itself.</typeparam>
public interface ILanes<T> : IReal<T> where T : struct, ILanes<T>
{
    /// <summary>Lanes of a register.</summary>
    static abstract int Width { get; }

    /// <summary>Registers that the processor has of this kind.</summary>
    static abstract int RegisterCount { get; }

    /// <summary>That number in every lane, which need not be a constant.</summary>
    static abstract T Broadcast(float value);

    static abstract T Load(ReadOnlySpan<float> source);
    static abstract void Store(T value, Span<float> destination);

    /// <summary>Reads from <paramref name="offset"/> floats behind the source on, without a check of bounds.</summary>
    static abstract T LoadUnsafe(ref readonly float source, nuint offset = 0);

    /// <summary>Writes without a check of bounds.</summary>
    static abstract void StoreUnsafe(T value, ref float destination);

    static abstract T FusedMultiplyAdd(T left, T right, T addend);
    static abstract T CopySign(T magnitude, T sign);

    /// <summary>The processor's minimum, which gives its second argument where one is no number.</summary>
    static abstract T MinNative(T left, T right);

    /// <summary>The processor's maximum, which gives its second argument where one is no number.</summary>
    static abstract T MaxNative(T left, T right);

    /// <summary>One bit per lane, lane 0 lowest.</summary>
    static abstract uint BitsOf(Mask<T> mask);

    /// <summary>The mask whose lane i holds where bit i is set.</summary>
    static abstract Mask<T> MaskOf(uint bits);

    // From here on the bits of a lane are a 32-bit integer.

    /// <summary>That integer in every lane.</summary>
    static abstract T OfInteger(uint value);
    static abstract T AddIntegers(T left, T right);
    static abstract T SubtractIntegers(T left, T right);
    static abstract T AndBits(T left, T right);
    static abstract T XorBits(T left, T right);
    static abstract T ShiftLeft(T value, int count);

    /// <summary>Zeros move in.</summary>
    static abstract T ShiftRight(T value, int count);

    /// <summary>Copies of the sign move in.</summary>
    static abstract T ShiftRightSigned(T value, int count);

    /// <summary>Where the integers are the same.</summary>
    static abstract Mask<T> EqualIntegers(T left, T right);

    /// <summary>The floats that are nearest to signed integers.</summary>
    static abstract T ConvertToSingle(T integers);

    /// <summary>The halves of the 64-bit products of unsigned integers.</summary>
    static abstract (T High, T Low) MultiplyIntegers(T value, uint factor);
}
