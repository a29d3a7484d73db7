using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Two tasks of made-up episodes of different lengths, in double precision, with log-densities of a made-up policy.</summary>
internal static class RaggedSamples
{
    public const int Observed = 2, Acted = 1, Horizon = 7;

    public static readonly int[][] Lengths = [[5, 1, 7, 3], [2, 4, 1, 1]];

    private static readonly RandomStream Draws = RandomStream.FromSeed(11);

    public static int Samples => Lengths.Max(task => task.Sum());

    public static SampleBatch Batch(string name = "support")
    {
        int tasks = Lengths.Length;
        double[] weights = [.. Lengths.SelectMany(task =>
            Enumerable.Range(0, Samples).Select(i => i < task.Sum() ? 1.0 / task.Sum() : 0))];
        double[] times = [.. Lengths.SelectMany(task =>
            task.SelectMany(length => Enumerable.Range(0, length).Select(t => (double)t)).Concat(new double[Samples - task.Sum()]))];
        Tensor isSample = tensor(weights, [tasks, Samples]).gt(Number(0)).to(float64);
        Tensor Numbers(string purpose, int width) => tensor(
            [.. Enumerable.Range(0, tasks * Samples * width).Select(i => (double)Draws.Stream($"{name} {purpose}").NormalPair(i).First)],
            [tasks, Samples, width]) * isSample.unsqueeze(2);
        var sampler = new DiagonalGaussian(Numbers("mean", Acted) * Number(0.3), zeros(tasks, 1, Acted, dtype: float64));
        Tensor actions = Numbers("action", Acted);
        return new SampleBatch(
            Numbers("observation", Observed), actions, Numbers("advantage", 1).squeeze(2), tensor(weights, [tasks, Samples]), sampler,
            sampler.LogDensity(actions), Numbers("reward", 1).squeeze(2), tensor(times, [tasks, Samples]))
        {
            EpisodeCount = Lengths[0].Length,
        };
    }

    /// <summary>Index of the first sample of each episode of a task, and its length.</summary>
    public static IEnumerable<(int First, int Length)> Episodes(int task)
    {
        int first = 0;
        foreach (int length in Lengths[task])
        {
            yield return (first, length);
            first += length;
        }
    }

    /// <summary>[N, M] or [N, M, width] as an array by task, sample and, where there is one, coordinate.</summary>
    public static double[][][] Read(Tensor values)
    {
        int width = values.dim() == 3 ? (int)values.shape[2] : 1;
        return [.. values.contiguous().data<double>().ToArray().Chunk(width).Chunk((int)values.shape[1])];
    }
}
