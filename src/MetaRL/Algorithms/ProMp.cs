namespace MamlRobotics.MetaRL;

/// <summary>Limits of the clipped outer step.</summary>
/// <param name="Epochs">Gradient steps on the same batches</param>
/// <param name="Clip">Probability ratios are trusted within 1 +- this</param>
/// <param name="SupportKlPenalty">eta, weight of the KL at the support batches</param>
/// <param name="StopKl">No further epochs once the KL at the adapted policies is beyond this, nats</param>
/// <param name="MaximumGradientNorm">Longer gradients are scaled down to this length</param>
/// <param name="FinalRate">Share of the learning rates that is left at the end of training, reached linearly</param>
public sealed record ClippedOptions(
    int Epochs, double Clip, double SupportKlPenalty, double StopKl, double MaximumGradientNorm, double FinalRate);

/// <summary>
/// ProMP: several Adam steps on the clipped surrogate of the adapted policies, with a penalty on leaving the policies
/// that sampled the support batches. Rothfuss et al. 2019, algorithm 1 and equation 13, arXiv 1810.06784.
/// </summary>
public sealed class ProMp(TaskParallelObjective objective, ClippedOptions options, Adam adam) : IMetaLearner
{
    private const string FirstMoment = "adam.first_moment", SecondMoment = "adam.second_moment", Steps = "adam.steps";

    public IReadOnlyDictionary<string, Tensor> State => new Dictionary<string, Tensor>
    {
        [FirstMoment] = adam.FirstMoment,
        [SecondMoment] = adam.SecondMoment,
        [Steps] = tensor(new[] { adam.Steps }),
    };

    public void Restore(IReadOnlyDictionary<string, Tensor> state)
    {
        adam.FirstMoment.copy_(state[FirstMoment]);
        adam.SecondMoment.copy_(state[SecondMoment]);
        adam.Steps = state[Steps].item<long>();
    }

    public void Dispose() => adam.Dispose();

    public OuterStep Update(Tensor meta, IReadOnlyList<SampleBatch> batches, double progress) => TensorScope.Run(() =>
    {
        Tensor Surrogate(Tensor ratio, Tensor advantages) => Clipped(ratio, advantages, options.Clip);
        double rate = 1 + (options.FinalRate - 1) * progress;
        Tensor current = meta;
        (double Loss, double GradientNorm)? before = null;
        for (int epoch = 0; ; epoch++)
        {
            Tensor? next = null;
            double loss = 0, kl = 0, clipped = 0, norm = double.NaN;
            Tensor from = current;
            current = TensorScope.Run(() =>
            {
                OuterLoss value = epoch < options.Epochs
                    ? objective.Differentiate(from, batches, Surrogate, SupportPenalty, options.Clip) : objective.Evaluate(from, batches, Surrogate, options.Clip);
                (loss, kl, clipped, norm) = Read(value);
                if (value.Gradient is { } gradient && kl <= options.StopKl) next = Step(from, gradient, norm, rate);
                return next ?? from;
            });
            before ??= (loss, norm);
            if (next is not null) continue;
            return new OuterStep(current, before.Value.Loss, loss, kl, Accepted: epoch > 0, LineSearchTrials: 0) { GradientNorm = before.Value.GradientNorm, ClipFraction = clipped };
        }
    });

    private static (double Loss, double Kl, double Clipped, double GradientNorm) Read(OuterLoss value)
    {
        double[] numbers = ReadNumbers(value.Gradient is { } gradient
            ? [value.Loss, value.Kl, value.ClipFraction!, gradient.norm()] : [value.Loss, value.Kl, value.ClipFraction!]);
        return (numbers[0], numbers[1], numbers[2], numbers is [_, _, _, var norm] ? norm : double.NaN);
    }

    private Tensor Step(Tensor meta, Tensor gradient, double norm, double rate)
    {
        if (norm > options.MaximumGradientNorm) gradient *= Number(options.MaximumGradientNorm / norm);
        return adam.Step(meta, gradient, rate);
    }

    internal Tensor SupportPenalty(IReadOnlyList<SampleBatch> batches, MetaObjectiveValue value) =>
        stack([.. batches.SkipLast(1).Zip(value.Policies, (batch, policy) => batch.MeanKlTo(policy))]).mean()
        * Number(options.SupportKlPenalty);

    /// <summary>Loss per sample. Schulman et al. 2017, equation 7, arXiv 1707.06347.</summary>
    internal static Tensor Clipped(Tensor ratio, Tensor advantages, double clip) =>
        -minimum(ratio * advantages, ratio.clamp(Number(1 - clip), Number(1 + clip)) * advantages);
}
