namespace MamlRobotics.Envs.Tests;

public class RandomStreamTests
{
    [Fact]
    public void Draws_are_those_of_philox_4x32_10()
    {
        // The authors' known answer for counter 0 and key 0 begins 6627e8d5 e169c58d.
        double expected = (((ulong)0x6627e8d5 << 21) ^ (0xe169c58du >> 11)) / (double)(1UL << 53);
        Assert.Equal(expected, new RandomStream(0).Uniform(0));
    }

    [Fact]
    public void Uniform_draws_have_the_moments_of_the_unit_interval()
    {
        RandomStream stream = RandomStream.FromSeed(3).Stream("moments");
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(i => stream.Uniform(i))];
        Assert.All(draws, draw => Assert.InRange(draw, 0, 1 - double.Epsilon));
        Assert.Equal(0.5, draws.Average(), tolerance: 4 * Math.Sqrt(1.0 / 12 / draws.Length));
        Assert.Equal(1.0 / 3, draws.Average(draw => draw * draw), tolerance: 0.004);
    }

    [Fact]
    public void Normal_draws_have_the_moments_of_the_standard_normal()
    {
        RandomStream stream = RandomStream.FromSeed(4).Stream("moments");
        (float First, float Second)[] pairs = [.. Enumerable.Range(0, 100_000).Select(i => stream.NormalPair(i))];
        double error = 4 / Math.Sqrt(pairs.Length);
        Assert.Equal(0, pairs.Average(pair => (double)pair.First), error);
        Assert.Equal(0, pairs.Average(pair => (double)pair.Second), error);
        Assert.Equal(1, pairs.Average(pair => (double)pair.First * pair.First), 2 * error);
        Assert.Equal(1, pairs.Average(pair => (double)pair.Second * pair.Second), 2 * error);
        Assert.Equal(0, pairs.Average(pair => (double)pair.First * pair.Second), error);
        Assert.Equal(3, pairs.Average(pair => Math.Pow(pair.First, 4)), 10 * error);
    }

    [Theory]
    [InlineData("tasks", 1, "tasks", 2)]
    [InlineData("tasks", 1, "noise", 1)]
    public void Streams_of_other_purposes_or_indices_are_unrelated(string purpose, long index, string other, long otherIndex)
    {
        RandomStream seed = RandomStream.FromSeed(5), left = seed.Stream(purpose, index), right = seed.Stream(other, otherIndex);
        const int Count = 10_000;
        double covariance = Enumerable.Range(0, Count).Average(i => (left.Uniform(i) - 0.5) * (right.Uniform(i) - 0.5));
        Assert.Equal(0, covariance, tolerance: 4.0 / 12 / Math.Sqrt(Count));
    }

    [Fact]
    public void The_draws_of_lanes_are_those_of_their_streams_at_every_width()
    {
        const int Count = 16;
        RandomStream[] streams = [.. Enumerable.Range(0, Count).Select(lane => RandomStream.FromSeed(6).Stream("lane", lane))];
        uint[] low = [.. streams.Select(stream => (uint)stream.Key)], high = [.. streams.Select(stream => (uint)(stream.Key >> 32))];
        float[] first = new float[Count], second = new float[Count], narrowFirst = new float[Count], narrowSecond = new float[Count];
        for (uint round = 0; round < 2000; round++)
        {
            uint[] indices = [.. Enumerable.Range(0, Count).Select(lane => round * 1_000_003 + (uint)lane)];
            RandomLanes.NormalPairs<Lanes512>(low, high, indices, 5, first, second);
            RandomLanes.NormalPairs<Lanes256>(low, high, indices, 5, narrowFirst, narrowSecond);
            Assert.Equal(first, narrowFirst);
            Assert.Equal(second, narrowSecond);
            RandomLanes.NormalPairs<Lanes128>(low, high, indices, 5, narrowFirst, narrowSecond);
            Assert.Equal(first, narrowFirst);
            Assert.Equal(second, narrowSecond);
            for (int lane = 0; lane < Count; lane++)
            {
                (float expectedFirst, float expectedSecond) = streams[lane].NormalPair(indices[lane] + 5);
                Assert.Equal(expectedFirst, first[lane], tolerance: 3e-6f);
                Assert.Equal(expectedSecond, second[lane], tolerance: 3e-6f);
            }
        }
    }
}
