namespace MamlRobotics.Envs;

/// <summary>
/// A counter-based random stream. Every draw is a pure function of (key, index), so results do not depend on the number of threads, the
/// batch size or the order of calls. Philox-4x32-10, Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3".
/// </summary>
/// <param name="Key">The stream's identity; streams with different keys are independent.</param>
public readonly record struct RandomStream(ulong Key)
{
    internal const int Rounds = 10;
    internal const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57, Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;

    /// <summary>Second half of the counter of a pair of normal draws. Uniform draws use another value.</summary>
    internal const uint NormalCounter = 1;

    public static RandomStream FromSeed(long seed) => new((ulong)seed);

    /// <summary>The stream for a purpose, and for an index within that purpose.</summary>
    public RandomStream Stream(string purpose, long index = 0)
    {
        // This is FNV-1a, because string.GetHashCode differs from process to process.
        ulong hash = 14695981039346656037;
        foreach (char letter in purpose) hash = (hash ^ letter) * 1099511628211;
        (uint a, uint b, _, _) = Philox(hash, (ulong)index);
        return new(((ulong)a << 32) | b);
    }

    /// <summary>The draw at <paramref name="index"/>, uniform in [0, 1), with 53 random bits.</summary>
    public double Uniform(long index)
    {
        (uint a, uint b, _, _) = Philox((ulong)index, 0);
        return (((ulong)a << 21) ^ (b >> 11)) * (1.0 / (1UL << 53));
    }

    /// <summary>The same draw in single precision. It is never rounded up to 1.</summary>
    public float UniformSingle(long index) => Math.Min((float)Uniform(index), MathF.BitDecrement(1));

    /// <summary>Two independent standard normal draws, in single precision (Box and Muller 1958).</summary>
    public (float First, float Second) NormalPair(long index)
    {
        (uint a, uint b, _, _) = Philox((ulong)index, NormalCounter);
        // u is in (0, 1], so that its logarithm is finite.
        float u = ((a >> 8) + 1) * (1f / (1 << 24));
        (float sin, float cos) = MathF.SinCos((b >> 8) * (MathF.Tau / (1 << 24)));
        float radius = MathF.Sqrt(-2 * MathF.Log(u));
        return (radius * cos, radius * sin);
    }

    private (uint, uint, uint, uint) Philox(ulong low, ulong high)
    {
        uint c0 = (uint)low, c1 = (uint)(low >> 32), c2 = (uint)high, c3 = (uint)(high >> 32);
        uint k0 = (uint)Key, k1 = (uint)(Key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)c0 * Multiplier0, p1 = (ulong)c2 * Multiplier1;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }
        return (c0, c1, c2, c3);
    }
}
