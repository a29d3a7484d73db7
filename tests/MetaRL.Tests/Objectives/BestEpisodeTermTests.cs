using static MamlRobotics.MetaRL.Tests.RaggedSamples;

namespace MamlRobotics.MetaRL.Tests;

public class BestEpisodeTermTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void An_episode_is_credited_with_what_it_adds_to_the_best_of_every_draw(int drawn)
    {
        double[] returns = [0.5, -1, 2, 0.5, 1.25];
        var expected = new double[returns.Length];
        int[][] draws = [.. Enumerable.Range(0, 1 << returns.Length).Select(Members).Where(members => members.Length == drawn)];
        foreach (int[] draw in draws)
        {
            foreach (int episode in draw)
            {
                double best = draw.Max(member => returns[member]), other = draw.Where(member => member != episode).Max(i => returns[i]);
                expected[episode] += (best - other) / draws.Length;
            }
        }
        using DisposeScope scope = NewDisposeScope();
        double[] credits = BestEpisodeTerm.Credits(tensor(returns).unsqueeze(0), drawn).data<double>().ToArray();
        for (int i = 0; i < returns.Length; i++) Assert.Equal(expected[i], credits[i], tolerance: 1e-7);

        int[] Members(int bits) => [.. Enumerable.Range(0, returns.Length).Where(i => (bits >> i & 1) == 1)];
    }

    [Fact]
    public void Where_the_best_of_all_counts_only_the_best_episode_gets_credit_as_far_as_it_surpasses_the_second()
    {
        using DisposeScope scope = NewDisposeScope();
        SampleBatch batch = Batch();
        double[][][] rewards = Read(batch.Rewards);
        // Where policies are a bit from those that sampled, ratios are within the clip.
        Tensor moved = batch.LogDensities.Plus(batch.Advantages.sin() * Number(0.05));
        double[][][] ratios = Read((moved - batch.LogDensities).exp());
        double[] term = BestEpisodeTerm.Of(new PolicyOnBatch(zeros(1), batch.Sampler, moved, batch), drawn: 9, clip: 0.3)
            .data<double>().ToArray();
        for (int task = 0; task < Lengths.Length; task++)
        {
            (int First, int Length)[] episodes = [.. Episodes(task)];
            double Sum(double[][] values, (int First, int Length) episode) =>
                values.Skip(episode.First).Take(episode.Length).Sum(value => value[0]);
            double[] returns = [.. episodes.Select(episode => Sum(rewards[task], episode))], ascending = [.. returns.Order()];
            double credit = (ascending[^1] - ascending[^2]) / Math.Sqrt(returns.Average(value => value * value)) * episodes.Length;
            double likelihood = Sum(ratios[task], episodes[Array.IndexOf(returns, ascending[^1])]);
            Assert.Equal(-credit * likelihood / Lengths[task].Sum(), term[task], tolerance: 1e-6);
        }
    }
}
