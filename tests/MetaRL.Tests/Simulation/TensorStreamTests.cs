using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

public class TensorStreamTests
{
    private static readonly long[] Indices = [0, 1, 2, 77, (1L << 32) - 1, 1L << 32, (3L << 32) + 5, long.MaxValue];
    private static readonly RandomStream Stream = RandomStream.FromSeed(3);

    [Fact]
    public void Uniform_draws_are_those_of_the_counter_based_stream_to_the_last_bit()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] drawn = TensorStream.Uniform(Keys(), tensor(Indices)).data<float>().ToArray();
        Assert.Equal(Each((stream, index) => stream.UniformSingle(index)), drawn);
    }

    [Fact]
    public void Normal_draws_are_those_of_the_counter_based_stream()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] drawn = TensorStream.NormalPair(Keys(), tensor(Indices)).data<float>().ToArray();
        (float First, float Second)[] expected = Each((stream, index) => stream.NormalPair(index));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].First, drawn[2 * i], tolerance: 2e-6f);
            Assert.Equal(expected[i].Second, drawn[2 * i + 1], tolerance: 2e-6f);
        }
    }

    // A key of either sign, as a signed integer.
    private static Tensor Keys() => TensorStream.Keys(Stream, "test", 6, CPU).unsqueeze(1);

    private static T[] Each<T>(Func<RandomStream, long, T> draw) =>
        [.. Enumerable.Range(0, 6).SelectMany(task => Indices.Select(index => draw(Stream.Stream("test", task), index)))];
}
