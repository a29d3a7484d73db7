using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>A gradient-based learner that is for policies alone, and may bring losses of its own.</summary>
public abstract record PolicyRecipe : GradientRecipe
{
    /// <summary>The loss of an inner step, where it is not the configuration's to choose.</summary>
    /// <param name="layout">Of the meta-parameters</param>
    public virtual IPolicyLoss? InnerLoss(MetaLayout layout, EnvironmentSpec spec) => null;

    /// <summary>Whether the loss follows episodes step by step, and not each sample by itself.</summary>
    public virtual bool FollowsEpisodes => false;

    /// <summary>The block of the policy's log standard deviation.</summary>
    protected static ParameterBlock LogStd(RecipeSetting setting) =>
        setting.Model.Blocks.Single(block => block.Name == GaussianMlp.LogStdBlock);

    /// <summary>Numbers of an observation and of an action of the policy.</summary>
    protected static (int Observation, int Action) Sizes(RecipeSetting setting) =>
        (setting.Model.Blocks[0].Shape[0], LogStd(setting).Length);

    /// <summary>What is wrong with the options of a learned loss, as a sentence for users; null where nothing is.</summary>
    protected string? FaultOfLearnedLoss(string name, IReadOnlyList<int> hiddenSizes) =>
        FirstOrder ? $"{name}.firstOrder must be false: the loss is learned by the derivative of the inner step."
        : hiddenSizes.Any(size => size is < 1 or > 10_000) ? $"{name}.hiddenSizes must be a list of layer sizes between 1 and 10000."
        : null;

    /// <inheritdoc/>
    public override bool Suits(Type samples) => samples == typeof(SampleBatch);
}
