using static MamlRobotics.MetaRL.Tests.RaggedSamples;

namespace MamlRobotics.MetaRL.Tests;

public class ExplorationTermTests
{
    [Fact]
    public void Each_support_episode_is_credited_with_the_return_behind_adaptation_above_the_other_episodes()
    {
        using DisposeScope scope = NewDisposeScope();
        SampleBatch support = Batch(), query = Batch("query");
        double[][][] rewards = Read(support.Rewards), later = Read(query.Rewards), logs = Read(support.LogDensities);
        var seen = new PolicyOnBatch(zeros(1), support.Sampler, support.LogDensities, support);
        double[] term = ExplorationTerm.Of(seen, query, Horizon).data<double>().ToArray();
        for (int task = 0; task < Lengths.Length; task++)
        {
            double Sum(double[][] values, (int First, int Length) episode) =>
                values.Skip(episode.First).Take(episode.Length).Sum(value => value[0]);
            (int, int)[] episodes = [.. Episodes(task)];
            double[] returns = [.. episodes.Select(episode => Sum(rewards[task], episode))];
            double after = episodes.Average(episode => Sum(later[task], episode));
            double scale = Math.Sqrt(returns.Average(value => value * value));
            double expected = 0;
            foreach (((int, int) episode, int b) in episodes.Select((episode, b) => (episode, b)))
                expected -= Sum(logs[task], episode) * (after - returns.Where((_, other) => other != b).Average()) / scale;
            Assert.Equal(expected / Lengths[task].Sum(), term[task], tolerance: 1e-7);
        }
    }
}
