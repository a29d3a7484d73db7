namespace MamlRobotics.MetaRL;

/// <summary>Generalised advantage estimation. Schulman et al. 2016, equation 16, arXiv 1506.02438.</summary>
public static class GeneralizedAdvantage
{
    /// <summary>Advantages along one trajectory; the value after its last step counts as zero, as in rllab.</summary>
    /// <param name="rewards">[T]</param>
    /// <param name="values">[T], of the states before each step</param>
    /// <param name="advantages">[T] to write</param>
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

    /// <summary>Discounted sum of the rewards from each step on. [T] to [T]</summary>
    public static void Returns(ReadOnlySpan<float> rewards, double discount, Span<double> returns)
    {
        double total = 0;
        for (int t = rewards.Length - 1; t >= 0; t--)
        {
            total = rewards[t] + discount * total;
            returns[t] = total;
        }
    }

    /// <summary>Shifts and scales to zero mean and unit standard deviation.</summary>
    public static void Normalise(Span<double> advantages)
    {
        double mean = 0, variance = 0;
        foreach (double value in advantages) mean += value;
        mean /= advantages.Length;
        foreach (double value in advantages) variance += (value - mean) * (value - mean);
        // rllab's guard: a batch of equal advantages has no scale.
        double scale = 1 / (Math.Sqrt(variance / advantages.Length) + 1e-8);
        for (int i = 0; i < advantages.Length; i++) advantages[i] = (advantages[i] - mean) * scale;
    }
}
