using System.ComponentModel;
using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>
/// NoRML: the inner step follows a learned advantage of transitions, without any reward, and adds a learned offset to the
/// parameters. Only the first of several inner steps adds the offset.
/// </summary>
[Choice("norml", Label = "NoRML", Source = "Yang et al. 2019, algorithm 1, arXiv 1903.01063")]
public sealed record NoRml : PolicyRecipe
{
    private const string OffsetBlock = "offset";

    public NoRml() => LearnedStepSizes = LearnedStepSizes.PerParameter;

    [Description("Units of each hidden layer of the learned advantage.")]
    public IReadOnlyList<int> HiddenSizes { get; init; } = [50, 50];

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions();

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting)
    {
        MetaBlock advantage = Advantage(Sizes(setting)).Block(setting.Seed.Stream("advantage"));
        GradientAdaptation steps = Adaptation(setting, advantage, MetaBlock.Zeros(OffsetBlock, 1, setting.Model.Count));
        var stage = new MetaStage(new OffsetAdaptation(steps, OffsetBlock, First: 0), Weights(setting.InnerSteps));
        return new Composition(stage, new ThroughTheSteps());
    }

    /// <inheritdoc/>
    public override IPolicyLoss InnerLoss(MetaLayout layout, EnvironmentSpec spec) =>
        new LearnedAdvantage(layout, Advantage((spec.Observation.Count, spec.Action.Count)));

    /// <inheritdoc/>
    public override string? Fault(int innerSteps) => FaultOfLearnedLoss("norml", HiddenSizes) ?? base.Fault(innerSteps);

    private SampleNetwork Advantage((int Observation, int Action) sizes) => new(2 * sizes.Observation + sizes.Action, HiddenSizes);
}
