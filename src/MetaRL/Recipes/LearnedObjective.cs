using System.ComponentModel;
using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>
/// A learned inner objective: a network psi, meta-learned like the initial parameters, corrects every advantage in the inner loss.
/// An inner step can then depend on the distance to a goal and not only on its direction. It is related to NoRML's learned
/// advantage and to ML3.
/// </summary>
[Choice("learned-objective", Label = "Learned objective",
    Source = "after Yang et al. 2019, arXiv 1903.01063, and Bechtle et al. 2021, arXiv 1906.05374")]
public sealed record LearnedObjective : LearnedLossRecipe
{
    public LearnedObjective() => LearnedStepSizes = LearnedStepSizes.PerParameter;

    [Description("Whether psi corrects the advantages at all; without it the inner loss is the likelihood ratio of ProMP.")]
    public bool LearnedCorrection { get; init; } = true;

    [Description("Learn a psi for each inner step; otherwise all steps have the same.")]
    public bool PsiPerStep { get; init; }

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => Composed(setting, LearnedPsi(setting));

    /// <inheritdoc/>
    public override IPolicyLoss InnerLoss(MetaLayout layout, EnvironmentSpec spec) => LearnedCorrection
        ? new LearnedWeight(layout, Psi((spec.Observation.Count, spec.Action.Count)), Inputs, spec)
        : new LikelihoodRatio();

    /// <inheritdoc/>
    public override string? Fault(int innerSteps) => FaultOfLearnedLoss("learned-objective", HiddenSizes) ?? base.Fault(innerSteps);

    private IEnumerable<MetaBlock> LearnedPsi(RecipeSetting setting)
    {
        if (!LearnedCorrection) yield break;
        MetaBlock psi = Psi(Sizes(setting)).Block(setting.Seed.Stream("psi"), lastScale: 0.1);
        yield return PsiPerStep ? psi.Rows(setting.InnerSteps) : psi;
    }

    private SampleNetwork Psi((int Observation, int Action) sizes) => new(Inputs.Count(sizes.Observation, sizes.Action), HiddenSizes);
}
