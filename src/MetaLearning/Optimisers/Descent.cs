using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MamlRobotics.MetaLearning;

/// <summary>Options of meta-optimisers that take gradient steps.</summary>
public abstract record DescentOptions : OptimiserOptions
{
    [Description("Gradient steps per iteration, on the same batches.")]
    [Range(0, 1000)]
    public int Epochs { get; init; } = 5;

    [Description("An iteration takes no further epoch once the KL of the adapted policies is above this, nats.")]
    [Range(0, 1e6)]
    public double StopKl { get; init; } = 1e6;

    [Description("Longer outer gradients are scaled down to this length.")]
    [Range(1e-12, 1e12)]
    public double MaximumGradientNorm { get; init; } = 1e6;

    [Description("Factor of the learning rates at the end of training; they fall towards it linearly.")]
    [Range(0.0, 1.0)]
    public double FinalRate { get; init; } = 1;

    /// <inheritdoc/>
    public override string? DependsOnIterations => FinalRate == 1 ? null
        : FormattableString.Invariant($"finalRate={FinalRate} makes the learning rates fall towards the last iteration");

    /// <inheritdoc/>
    public override IMetaOptimiser<TSamples> Create<TSamples>(TaskParallelObjective<TSamples> objective, Tensor rates)
    {
        MetaLayout layout = objective.Layout;
        TensorScope.Free(() =>
        {
            layout.Theta(rates).mul_(Number((float)RateOf(null)));
            foreach (MetaBlock block in layout.Learned) layout.Block(rates, block.Name).mul_(Number((float)RateOf(block.Name)));
        });
        return new Descent<TSamples>(objective, this, Rule(rates));
    }

    /// <summary>The learning rate of a block of the meta-parameters.</summary>
    /// <param name="block">Null for the initial parameters</param>
    protected abstract double RateOf(string? block);

    /// <summary>Creates the rule that turns a gradient into a step.</summary>
    /// <param name="rates">[Q]; the rule owns the tensor from then on</param>
    protected abstract IUpdateRule Rule(Tensor rates);
}

/// <summary>
/// Takes several gradient steps on the outer loss with the same batches. It stops early where the adapted models have moved too
/// far from those that gave the data. With a clipped surrogate and Adam it is the outer loop of ProMP: Rothfuss et al. 2019,
/// algorithm 1, arXiv 1810.06784.
/// </summary>
public sealed class Descent<TSamples>(TaskParallelObjective<TSamples> objective, DescentOptions options, IUpdateRule rule)
    : IMetaOptimiser<TSamples> where TSamples : ITaskSamples<TSamples>
{
    /// <summary>The outer loss at some meta-parameters, as numbers.</summary>
    private sealed record Reading(double Loss, double Divergence, double GradientNorm, IReadOnlyDictionary<string, double> Figures)
    {
        /// <summary>Whether a step can be taken from here.</summary>
        public bool IsFinite => double.IsFinite(Loss) && double.IsFinite(GradientNorm);
    }

    public IReadOnlyDictionary<string, Tensor> State => rule.State;

    public void Restore(IReadOnlyDictionary<string, Tensor> state) => rule.Restore(state);

    public void Dispose() => rule.Dispose();

    /// <inheritdoc/>
    public OuterStep Update(Tensor meta, IReadOnlyList<TSamples> batches, double progress) => TensorScope.Run(() =>
    {
        TaskParallelObjective<TSamples> present = objective.At(progress);
        double rate = 1 + (options.FinalRate - 1) * progress;
        Tensor current = meta;
        Reading? before = null;
        for (int epoch = 0; ; epoch++)
        {
            Tensor? next = null;
            Reading? now = null;
            bool isDone = epoch == options.Epochs;
            if (isDone && before is { Divergence: double.NaN, Figures.Count: 0 } first) return WithoutLossAfter(current, first);
            Tensor from = current;
            current = TensorScope.Run(() =>
            {
                OuterLoss value = isDone ? present.Evaluate(from, batches) : present.Differentiate(from, batches);
                now = Read(value);
                bool isTooFar = now.Divergence > options.StopKl;
                if (value.Gradient is { } gradient && !isTooFar)
                {
                    if (!now.IsFinite) throw present.Explain(from, batches);
                    next = Step(from, gradient, now.GradientNorm, rate);
                }
                return next ?? from;
            });
            before ??= now;
            if (next is not null) continue;
            return new OuterStep(current, before!.Loss, now!.Loss, now.Divergence, Accepted: epoch > 0, LineSearchTrials: 0)
            {
                GradientNorm = before.GradientNorm, Figures = now.Figures,
            };
        }
    });

    // Without a divergence and figures, an evaluation after the last epoch would only give a loss that no one needs.
    private static OuterStep WithoutLossAfter(Tensor meta, Reading before) =>
        new(meta, before.Loss, LossAfter: double.NaN, Divergence: double.NaN, Accepted: true, LineSearchTrials: 0)
        {
            GradientNorm = before.GradientNorm,
        };

    private static Reading Read(OuterLoss value)
    {
        Tensor absent = value.Loss * Number(double.NaN);
        double[] numbers = ReadNumbers(
            [value.Loss, value.Divergence ?? absent, value.Gradient?.norm() ?? absent, .. value.Figures.Select(figure => figure.Value)]);
        var figures = value.Figures.Zip(numbers.Skip(3)).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return new Reading(numbers[0], numbers[1], numbers[2], figures);
    }

    private Tensor Step(Tensor meta, Tensor gradient, double norm, double rate)
    {
        if (norm > options.MaximumGradientNorm) gradient *= Number(options.MaximumGradientNorm / norm);
        return rule.Step(meta, gradient, rate);
    }
}
