using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>A policy for each task, with its inner and outer losses.</summary>
public sealed class PolicyModel(GaussianPolicy policy, IPolicyLoss inner, IPolicyLoss outer) : IFisherModel<SampleBatch>
{
    /// <inheritdoc/>
    public int WidestLayer => policy.WidestLayer;

    /// <inheritdoc/>
    public int Units => policy.Units;

    /// <inheritdoc/>
    public bool IsSequential => policy.MemorySize > 0;

    /// <inheritdoc/>
    public bool LearnsLoss => inner.IsLearned;

    /// <inheritdoc/>
    public ITaskLosses Forward(Tensor meta, Tensor parameters, SampleBatch samples)
    {
        DiagonalGaussian distribution = Distribution(parameters, samples);
        var seen = new PolicyOnBatch(meta, distribution, distribution.LogDensity(samples.Actions), samples)
        {
            Context = ContextOf(parameters),
        };
        return new Losses(seen, inner, outer);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Outputs(Tensor parameters, SampleBatch samples)
    {
        DiagonalGaussian distribution = Distribution(parameters, samples);
        return [distribution.Mean, distribution.LogStd];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> FisherProduct(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> change, SampleBatch samples)
    {
        DiagonalGaussian fisher = new DiagonalGaussian(outputs[0], outputs[1]).Fisher(new DiagonalGaussian(change[0], change[1]));
        Tensor weights = samples.Weights.unsqueeze(2);
        // Where the log std is the same for all samples of a task, whose weights sum to one, its product needs no weights.
        return [fisher.Mean * weights, policy.HasStateDependentStd ? fisher.LogStd * weights : fisher.LogStd];
    }

    private DiagonalGaussian Distribution(Tensor parameters, SampleBatch samples) =>
        policy.Distribution(parameters, samples.Observations, policy.MemorySize > 0 ? samples.TimeStepsOrPadding() : null);

    private Tensor? ContextOf(Tensor parameters)
    {
        if (policy.ContextSize == 0) return null;
        ParameterBlock context = policy.Layout.Block(ParameterLayout.Context);
        return parameters.narrow(1, context.Offset, context.Length);
    }

    /// <summary>The losses of the policies on a batch.</summary>
    /// <param name="Seen">The policies and their samples</param>
    public sealed record Losses(PolicyOnBatch Seen, IPolicyLoss InnerLoss, IPolicyLoss OuterLoss) : ITaskLosses
    {
        /// <inheritdoc/>
        public Tensor Inner(int step) => InnerLoss.Of(Seen with { Step = step });

        /// <inheritdoc/>
        public Tensor Outer() => OuterLoss.Of(Seen);

        /// <inheritdoc/>
        public Tensor Divergence() => Seen.Batch.MeanOverSamples(Seen.Batch.Sampler.KlTo(Seen.Policy));

        /// <inheritdoc/>
        public IEnumerable<(string Name, Tensor Value)> Figures => OuterLoss.Figures(Seen);
    }
}
