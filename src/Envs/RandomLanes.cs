using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MamlRobotics.Envs;

/// <summary>Draws of sixteen streams at a time, a stream per lane.</summary>
public static class RandomLanes
{
    /// <summary>
    /// <see cref="RandomStream.NormalPair"/> of each lane's stream at its index. The random bits are the same; the
    /// logarithm, sine and cosine are those of <see cref="VectorMath"/>, so that a draw differs in its last digits.
    /// </summary>
    /// <param name="keyLow">Lower halves of the streams' keys</param>
    /// <param name="keyHigh">Upper halves</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (Vector512<float> First, Vector512<float> Second) NormalPair(Vector512<uint> keyLow, Vector512<uint> keyHigh, Vector512<uint> index)
    {
        (Vector512<uint> a, Vector512<uint> b) = Philox(index, Vector512.Create(RandomStream.NormalCounter), keyLow, keyHigh);
        // (0, 1], so that the logarithm is finite.
        Vector512<float> u = Vector512.ConvertToSingle((a >>> 8).AsInt32() + Vector512<int>.One) * (1f / (1 << 24));
        Vector512<float> angle = Vector512.ConvertToSingle((b >>> 8).AsInt32()) * (MathF.Tau / (1 << 24));
        (Vector512<float> sin, Vector512<float> cos) = VectorMath.SinCos(angle);
        Vector512<float> radius = Vector512.Sqrt(VectorMath.Log(u) * -2f);
        return (radius * cos, radius * sin);
    }

    private static (Vector512<uint>, Vector512<uint>) Philox(Vector512<uint> c0, Vector512<uint> c2, Vector512<uint> k0, Vector512<uint> k1)
    {
        Vector512<uint> c1 = Vector512<uint>.Zero, c3 = Vector512<uint>.Zero;
        for (int round = 0; round < RandomStream.Rounds; round++)
        {
            (Vector512<uint> high0, Vector512<uint> low0) = Multiply(c0, RandomStream.Multiplier0);
            (Vector512<uint> high1, Vector512<uint> low1) = Multiply(c2, RandomStream.Multiplier1);
            (c0, c1, c2, c3) = (high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0);
            k0 += Vector512.Create(RandomStream.Weyl0);
            k1 += Vector512.Create(RandomStream.Weyl1);
        }
        return (c0, c1);
    }

    // The halves of the 64-bit products, for which even and odd lanes take turns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<uint> High, Vector512<uint> Low) Multiply(Vector512<uint> value, uint factor)
    {
        Vector512<ulong> lowHalf = Vector512.Create((ulong)uint.MaxValue), wide = Vector512.Create((ulong)factor);
        Vector512<ulong> even = (value.AsUInt64() & lowHalf) * wide, odd = (value.AsUInt64() >>> 32) * wide;
        return (
            Vector512.ConditionalSelect(lowHalf, even >>> 32, odd).AsUInt32(),
            Vector512.ConditionalSelect(lowHalf, even, odd << 32).AsUInt32());
    }
}
