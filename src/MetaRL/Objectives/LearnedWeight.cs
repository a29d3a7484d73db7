using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>The inputs of the learned weight of a sample besides its advantage and its time.</summary>
/// <param name="ObservationScale">A factor of the observation</param>
/// <param name="RewardScale">A factor of the reward</param>
public sealed record WeightInputs(bool Observation, bool Action, bool Reward, double ObservationScale = 2, double RewardScale = 1)
{
    // The wide bound cuts off only rare draws; within the narrow one, most actions keep little more than their sign.
    private const double Wide = 3, Narrow = 1;

    /// <summary>The number of inputs for a sample.</summary>
    public int Count(int observations, int actions) =>
        (Observation ? observations : 0) + (Action ? 2 * actions : 0) + (Reward ? 1 : 0) + 2;

    /// <summary>z = (c s, clip(a, +-3), d r, A, t / T, clip(a, +-1)) with the scales c and d. [N, M, Count]</summary>
    public Tensor Of(SampleBatch batch, int horizon)
    {
        var parts = new List<Tensor>();
        if (Observation) parts.Add(batch.Observations * Number(ObservationScale));
        if (Action) parts.Add(Clipped(Wide));
        if (Reward) parts.Add(batch.Rewards.unsqueeze(2) * Number(RewardScale));
        parts.Add(batch.Advantages.unsqueeze(2));
        parts.Add(batch.TimeSteps.unsqueeze(2) * Number(1.0 / horizon));
        if (Action) parts.Add(Clipped(Narrow));
        return cat(parts, 2);

        Tensor Clipped(double bound) => batch.Actions.clamp(Number(-bound), Number(bound));
    }
}

/// <summary>
/// -(pi / pi_sampler) (A + psi(z)): the likelihood ratio with a learned correction of every advantage. With psi = 0 it is
/// <see cref="LikelihoodRatio"/>.
/// </summary>
/// <param name="layout">Its block of psi is one network for all inner steps, or has a row for each of them</param>
public sealed class LearnedWeight(MetaLayout layout, SampleNetwork psi, WeightInputs inputs, EnvironmentSpec spec) : IPolicyLoss
{
    /// <inheritdoc/>
    public bool IsLearned => true;

    /// <summary>The inputs of psi.</summary>
    public WeightInputs Inputs => inputs;

    /// <inheritdoc/>
    public Tensor Of(PolicyOnBatch seen) =>
        seen.Batch.MeanOverSamples(-seen.Ratio * seen.Batch.Advantages.Plus(Psi(seen.Meta, seen.Batch, seen.Step)));

    /// <summary>The correction of the advantage of each sample. [N, M]</summary>
    /// <param name="meta">[Q]</param>
    /// <param name="step">Inner step, counted from 0</param>
    public Tensor Psi(Tensor meta, SampleBatch batch, int step)
    {
        Tensor parameters = layout.Block(meta, SampleNetwork.BlockName);
        if (parameters.dim() == 2) parameters = parameters[Math.Min(step, parameters.shape[0] - 1)];
        return psi.Of(parameters, inputs.Of(batch, spec.Horizon));
    }
}
