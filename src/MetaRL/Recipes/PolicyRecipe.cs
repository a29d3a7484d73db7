using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>A gradient-based learner that learns only policies and may have its own inner loss.</summary>
public abstract record PolicyRecipe : GradientRecipe, IPolicyLearner
{
    /// <inheritdoc/>
    public virtual IPolicyLoss? InnerLoss(MetaLayout layout, EnvironmentSpec spec) => null;

    /// <inheritdoc/>
    public virtual bool FollowsEpisodes => false;

    /// <summary>The block of the policy's log standard deviation.</summary>
    protected static ParameterBlock LogStd(RecipeSetting setting) =>
        setting.Model.Blocks.Single(block => block.Name == GaussianPolicy.LogStdBlock);

    /// <summary>The number of coordinates of an observation and of an action.</summary>
    protected static (int Observation, int Action) Sizes(RecipeSetting setting) =>
        (setting.Model.Blocks[0].Shape[0], LogStd(setting).Length);

    /// <summary>A sentence for users that says what is wrong with the options of a learned loss; null where nothing is wrong.</summary>
    protected string? FaultOfLearnedLoss(string name, IReadOnlyList<int> hiddenSizes) =>
        FirstOrder ? $"{name}.firstOrder must be false: the loss is learned by the derivative of the inner step."
        : hiddenSizes.Any(size => size is < 1 or > 10_000) ? $"{name}.hiddenSizes must be a list of layer sizes between 1 and 10000."
        : null;

    /// <inheritdoc/>
    public override bool Suits(Type samples) => samples == typeof(SampleBatch);
}
