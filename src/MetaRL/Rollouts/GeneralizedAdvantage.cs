namespace MamlRobotics.MetaRL;

/// <summary>Generalised advantage estimation. Schulman et al. 2016, equation 16, arXiv 1506.02438.</summary>
public static class GeneralizedAdvantage
{
    // As in rllab, this avoids a division by zero where all advantages of a batch are equal.
    private const double LeastDeviation = 1e-8;

    /// <summary>Estimates advantages along one trajectory. The value after its last step is taken as zero, as in rllab.</summary>
    /// <param name="rewards">[T]</param>
    /// <param name="values">[T], the values of the states before each step</param>
    /// <param name="advantages">[T], which this method writes</param>
    public static void Estimate(
        ReadOnlySpan<float> rewards, ReadOnlySpan<double> values, double discount, double lambda, Span<double> advantages)
    {
        double advantage = 0, nextValue = 0;
        for (int t = rewards.Length - 1; t >= 0; t--)
        {
            double residual = rewards[t] + discount * nextValue - values[t];
            advantage = residual + discount * lambda * advantage;
            advantages[t] = advantage;
            nextValue = values[t];
        }
    }

    /// <summary>The discounted sum of the rewards from each step on. [T] to [T]</summary>
    public static void Returns(ReadOnlySpan<float> rewards, double discount, Span<double> returns)
    {
        double total = 0;
        for (int t = rewards.Length - 1; t >= 0; t--)
        {
            total = rewards[t] + discount * total;
            returns[t] = total;
        }
    }

    /// <summary>Shifts and scales advantages to zero mean and unit standard deviation.</summary>
    public static void Normalise(Span<double> advantages)
    {
        double mean = 0, variance = 0;
        foreach (double value in advantages) mean += value;
        mean /= advantages.Length;
        foreach (double value in advantages) variance += (value - mean) * (value - mean);
        double scale = 1 / (Math.Sqrt(variance / advantages.Length) + LeastDeviation);
        for (int i = 0; i < advantages.Length; i++) advantages[i] = (advantages[i] - mean) * scale;
    }

    /// <summary>Estimates advantages along trajectories of T steps. After the end of an episode, rewards and values are zero.</summary>
    /// <param name="rewards">[..., T]</param>
    /// <param name="values">[..., T], the values of the states before each step</param>
    /// <returns>[..., T]</returns>
    public static Tensor Estimate(Tensor rewards, Tensor values, double discount, double lambda)
    {
        Tensor next = cat([values.narrow(-1, 1, values.shape[^1] - 1), zeros_like(values.narrow(-1, 0, 1))], dim: -1);
        return Returns(rewards.Plus(next * Number(discount)) - values, discount * lambda);
    }

    /// <summary>The discounted sum of the rewards from each step on. [..., T] to [..., T]</summary>
    public static Tensor Returns(Tensor rewards, double discount)
    {
        Tensor step = Indices(rewards.shape[^1], rewards.dtype, rewards.device);
        // The matrix holds the discount of each reward (row) at each step (column). One product replaces a loop over time.
        Tensor later = step.unsqueeze(1) - step.unsqueeze(0);
        return rewards.matmul(full_like(later, Number(discount)).pow(later.clamp_min(Number(0))).tril());
    }

    /// <summary>Shifts and scales advantages to zero mean and unit standard deviation within each task.</summary>
    /// <param name="advantages">[N, B, T]</param>
    /// <param name="live">[N, B, T], one at live steps, zero at others</param>
    public static Tensor Normalise(Tensor advantages, Tensor live)
    {
        Tensor count = live.sum([1, 2], keepdim: true);
        Tensor centred = (advantages - (advantages * live).sum([1, 2], keepdim: true) / count) * live;
        return centred / (centred.Square().sum([1, 2], keepdim: true) / count).sqrt().Plus(LeastDeviation);
    }
}
