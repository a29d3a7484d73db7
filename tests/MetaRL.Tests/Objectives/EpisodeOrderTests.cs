using static MamlRobotics.MetaRL.Tests.RaggedSamples;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>What follows the order within episodes, against loops over them.</summary>
public class EpisodeOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(0.7)]
    [InlineData(0)]
    public void A_sum_within_episodes_is_that_of_a_loop(double factor)
    {
        using DisposeScope scope = NewDisposeScope();
        SampleBatch batch = Batch();
        double[][][] values = Read(batch.Rewards), sums = Read(EpisodeOrder.Cumulative(batch.Rewards, batch, factor, Horizon));
        for (int task = 0; task < Lengths.Length; task++)
        {
            foreach ((int first, int length) in Episodes(task))
            {
                double sum = 0;
                for (int i = first; i < first + length; i++)
                {
                    sum = values[task][i][0] + factor * sum;
                    Assert.Equal(sum, sums[task][i][0], tolerance: 1e-12);
                }
            }
        }
    }

    [Fact]
    public void The_next_observation_is_the_next_samples_of_the_same_episode_and_at_its_end_the_same_once_more()
    {
        using DisposeScope scope = NewDisposeScope();
        SampleBatch batch = Batch();
        double[][][] here = Read(batch.Observations), next = Read(EpisodeOrder.NextObservations(batch));
        double[][][] last = Read(EpisodeOrder.IsLast(batch));
        for (int task = 0; task < Lengths.Length; task++)
        {
            foreach ((int first, int length) in Episodes(task))
            {
                for (int i = first; i < first + length; i++)
                {
                    bool isLast = i == first + length - 1;
                    Assert.Equal(here[task][isLast ? i : i + 1], next[task][i]);
                    Assert.Equal(isLast ? 1 : 0, last[task][i][0]);
                }
            }
            for (int i = Lengths[task].Sum(); i < Samples; i++) Assert.Equal(0, last[task][i][0]);
        }
    }
}
