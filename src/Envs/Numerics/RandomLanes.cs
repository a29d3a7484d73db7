using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MamlRobotics.Envs;

/// <summary>Random draws of many streams at once, with a stream per lane.</summary>
public static class RandomLanes
{
    /// <summary>
    /// Draws <see cref="RandomStream.NormalPair"/> of each stream at its index. The random bits are the same, but logarithm, sine and
    /// cosine are those of <see cref="VectorMath"/>, so that draws differ in their last digits.
    /// </summary>
    /// <param name="keysLow">Lower halves of the streams' keys. The length of all buffers is a multiple of the register width.</param>
    /// <param name="keysHigh">Upper halves of the streams' keys</param>
    /// <param name="step">Added to every index</param>
    public static void NormalPairs(
        ReadOnlySpan<uint> keysLow, ReadOnlySpan<uint> keysHigh, ReadOnlySpan<uint> indices, uint step,
        Span<float> first, Span<float> second)
    {
        switch (LaneWidth.Bits)
        {
            case 512: NormalPairs<Lanes512>(keysLow, keysHigh, indices, step, first, second); break;
            case 256: NormalPairs<Lanes256>(keysLow, keysHigh, indices, step, first, second); break;
            default: NormalPairs<Lanes128>(keysLow, keysHigh, indices, step, first, second); break;
        }
    }

    /// <summary>Draws the same with registers of type <typeparamref name="T"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void NormalPairs<T>(
        ReadOnlySpan<uint> keysLow, ReadOnlySpan<uint> keysHigh, ReadOnlySpan<uint> indices, uint step,
        Span<float> first, Span<float> second)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < indices.Length; i += T.Width)
        {
            T index = T.AddIntegers(Load<T>(indices[i..]), T.OfInteger(step));
            (T one, T other) = NormalPair(Load<T>(keysLow[i..]), Load<T>(keysHigh[i..]), index);
            T.Store(one, first[i..]);
            T.Store(other, second[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Load<T>(ReadOnlySpan<uint> integers) where T : struct, ILanes<T> =>
        T.Load(MemoryMarshal.Cast<uint, float>(integers));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T First, T Second) NormalPair<T>(T keyLow, T keyHigh, T index) where T : struct, ILanes<T>
    {
        (T a, T b) = Philox(index, T.OfInteger(RandomStream.NormalCounter), keyLow, keyHigh);
        // u is in (0, 1], so that its logarithm is finite.
        T u = T.ConvertToSingle(T.AddIntegers(T.ShiftRight(a, 8), T.OfInteger(1))) * T.Of(1f / (1 << 24));
        T angle = T.ConvertToSingle(T.ShiftRight(b, 8)) * T.Of(MathF.Tau / (1 << 24));
        (T sin, T cos) = VectorMath.SinCos(in angle);
        T radius = T.Sqrt(VectorMath.Log(in u) * T.Of(-2));
        return (radius * cos, radius * sin);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T, T) Philox<T>(T c0, T c2, T k0, T k1) where T : struct, ILanes<T>
    {
        T c1 = T.OfInteger(0), c3 = T.OfInteger(0);
        for (int round = 0; round < RandomStream.Rounds; round++)
        {
            (T high0, T low0) = T.MultiplyIntegers(c0, RandomStream.Multiplier0);
            (T high1, T low1) = T.MultiplyIntegers(c2, RandomStream.Multiplier1);
            (c0, c1, c2, c3) = (T.XorBits(T.XorBits(high1, c1), k0), low1, T.XorBits(T.XorBits(high0, c3), k1), low0);
            k0 = T.AddIntegers(k0, T.OfInteger(RandomStream.Weyl0));
            k1 = T.AddIntegers(k1, T.OfInteger(RandomStream.Weyl1));
        }
        return (c0, c1);
    }
}
