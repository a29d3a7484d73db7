using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>
/// A policy that observes the columns of its task, such as the goal, and needs no adaptation. Learners that must find out the task are
/// compared with it.
/// </summary>
[Choice("goal-fed", Label = "Goal-fed", Source = "the oracle of Finn, Abbeel and Levine 2017, section 5.3, arXiv 1703.03400")]
public sealed record GoalFed : Recipe, IPolicyLearner
{
    /// <inheritdoc/>
    public bool SeesTask => true;

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new TrustRegionOptions();

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => new(
        // Steps of size zero, which a trust region knows how to differentiate.
        new MetaStage((setting with { InnerLearningRates = [0] }).PlainSteps(), Composition.LastStepAlone(setting.InnerSteps)),
        new ThroughTheSteps())
    {
        TrainingSteps = 0,
    };

    /// <inheritdoc/>
    public override bool Suits(Type samples) => samples == typeof(SampleBatch);
}
