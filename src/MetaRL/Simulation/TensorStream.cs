using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Computes the draws of <see cref="RandomStream"/> in tensors from keys and indices, so that every device draws the same numbers.
/// A word of 32 bits is kept in an integer of 64 bits.
/// </summary>
/// <remarks>TorchSharp's own generators run on the CPU, whatever device they are made for.</remarks>
internal static class TensorStream
{
    private const int Rounds = 10;

    /// <summary>The keys of the streams that a stream gives to tasks for one purpose. [N]</summary>
    public static Tensor Keys(RandomStream stream, string purpose, int tasks, Device device)
    {
        long[] keys = [.. Enumerable.Range(0, tasks).Select(task => (long)stream.Stream(purpose, task).Key)];
        return keys.CopyToTensor(device: device);
    }

    /// <summary>The same as <see cref="RandomStream.UniformSingle"/>.</summary>
    /// <param name="keys">64-bit integers of a shape that can be broadcast with that of <paramref name="index"/></param>
    public static Tensor Uniform(Tensor keys, Tensor index) => TensorScope.Run(() =>
    {
        Words words = Philox(keys, index, variant: 0);
        Tensor bits = (words.A * Number(1L << 21)).Plus(Shifted(words.B, 11));
        return (bits.to(float64) * Number(1.0 / (1UL << 53))).to(float32).clamp_max(Number(MathF.BitDecrement(1)));
    });

    /// <summary>The same as <see cref="RandomStream.NormalPair"/>, with the pair along a new last axis.</summary>
    /// <param name="keys">64-bit integers of a shape that can be broadcast with that of <paramref name="index"/></param>
    public static Tensor NormalPair(Tensor keys, Tensor index) => TensorScope.Run(() =>
    {
        Words words = Philox(keys, index, variant: 1);
        Tensor radius = (Shifted(words.A, 8).Plus(1).to(float32) * Number(1f / (1 << 24))).log().mul(Number(-2)).sqrt();
        Tensor angle = Shifted(words.B, 8).to(float32) * Number(MathF.Tau / (1 << 24));
        return stack([radius * angle.cos(), radius * angle.sin()], dim: -1);
    });

    // Philox-4x32-10, as in RandomStream.
    private static Words Philox(Tensor keys, Tensor index, long variant) => TensorScope.Run(() =>
    {
        Tensor mask = Constant(uint.MaxValue, index), half = Constant(32, index);
        Tensor Low(Tensor value) => value & mask;
        // The shift of a signed number copies its sign bit, which the mask removes.
        Tensor High(Tensor value) => Low(value.bitwise_right_shift(half));

        Tensor key0 = Low(keys), key1 = High(keys);
        var words = new Words(Low(index), High(index), Constant(variant, index), Constant(0, index));
        for (int round = 0; round < Rounds; round++)
        {
            using Words before = words;
            words = TensorScope.Run(() =>
            {
                Tensor product0 = before.A * Number(0xD2511F53L), product1 = before.C * Number(0xCD9E8D57L);
                return new Words(High(product1) ^ before.B ^ key0, Low(product1), High(product0) ^ before.D ^ key1, Low(product0));
            });
            (key0, key1) = (Low(key0.Plus(0x9E3779B9L)), Low(key1.Plus(0xBB67AE85L)));
        }
        return words;
    });

    private static Tensor Shifted(Tensor value, long bits) => value.bitwise_right_shift(Constant(bits, value));

    private static Tensor Constant(long value, Tensor like) => full(Array.Empty<long>(), Number(value), int64, like.device);

    private sealed record Words(Tensor A, Tensor B, Tensor C, Tensor D) : ITensorHolder, IDisposable
    {
        public IEnumerable<Tensor> Tensors => [A, B, C, D];

        public void Dispose()
        {
            foreach (Tensor word in Tensors) word.Dispose();
        }
    }
}
