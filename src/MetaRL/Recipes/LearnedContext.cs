using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// An inner step on a learned loss that is linear in context parameters, as CAVIA has them: the step adds a weighted mean of a learned
/// embedding of the samples to the context. It is the permutation-invariant encoder of PEARL, without its distribution, written as a
/// gradient step; it needs no derivative of the policy.
/// </summary>
[Choice("learned-context", Label = "Learned context",
    Source = "after Zintgraf et al. 2019, arXiv 1810.03642, and Rakelly et al. 2019, section 4.1, arXiv 1903.08254")]
public sealed record LearnedContext : LearnedLossRecipe
{
    [Description("Number of context parameters of the policy.")]
    [Range(1, 10_000)]
    public int ContextParameters { get; init; } = 8;

    /// <inheritdoc/>
    public override int ContextSize => ContextParameters;

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting)
    {
        Composition composed = Composed(setting, [Embedding(Sizes(setting)).Block(setting.Seed.Stream("embedding"))]);
        return composed with { IsFrozen = block => IsContext(block) || composed.IsFrozen(block) };
    }

    /// <inheritdoc/>
    public override IPolicyLoss InnerLoss(MetaLayout layout, EnvironmentSpec spec) =>
        new LearnedEmbedding(layout, Embedding((spec.Observation.Count, spec.Action.Count)), Inputs, spec);

    /// <inheritdoc/>
    public override string? Fault(int innerSteps) => FaultOfLearnedLoss("learned-context", HiddenSizes) ?? base.Fault(innerSteps);

    /// <inheritdoc/>
    protected override GradientAdaptation Adaptation(RecipeSetting setting, params IReadOnlyList<MetaBlock> further) =>
        base.Adaptation(setting, further) with
        {
            Mask = setting.Mask(IsContext),
            StartMask = setting.Mask(block => !IsContext(block)),
        };

    // The last output is the logarithm of a sample's weight in the mean.
    private SampleNetwork Embedding((int Observation, int Action) sizes) =>
        new(Inputs.Count(sizes.Observation, sizes.Action), HiddenSizes, outputs: ContextParameters + 1);

    private static bool IsContext(ParameterBlock block) => block.Name == ParameterLayout.Context;
}
