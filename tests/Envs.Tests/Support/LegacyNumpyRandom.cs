namespace MamlRobotics.Envs.Tests;

/// <summary>
/// The generator behind numpy.random.seed and numpy.random.uniform: MT19937, Matsumoto and Nishimura 1998, seeded by
/// their init_genrand, with doubles of 53 bits.
/// </summary>
internal sealed class LegacyNumpyRandom
{
    private const int Size = 624, Shift = 397;
    private readonly uint[] state = new uint[Size];
    private int next = Size;

    public LegacyNumpyRandom(uint seed)
    {
        state[0] = seed;
        for (uint i = 1; i < Size; i++) state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
    }

    public double NextDouble()
    {
        uint high = NextWord() >> 5, low = NextWord() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    private uint NextWord()
    {
        if (next == Size) Twist();
        uint y = state[next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (state[i] & 0x80000000) | (state[(i + 1) % Size] & 0x7fffffff);
            state[i] = state[(i + Shift) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        next = 0;
    }
}
