using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>
/// RL2: the policy is a recurrent network that sees its last action and reward, and its memory goes on from one episode of a task to the
/// next. A trial of K + 1 episodes is learned from as one long episode, so the network itself learns how to explore and adapt. Its
/// parameters are the same for all tasks; what takes the place of a gradient step is one more batch of episodes.
/// </summary>
[Choice("rl2", Label = "RL2", Source = "Duan et al. 2016, section 2.2, arXiv 1611.02779; by PPO, Schulman et al. 2017, arXiv 1707.06347")]
public sealed record Rl2 : Recipe, IPolicyLearner
{
    /// <inheritdoc/>
    public bool JoinsEpisodes => true;

    /// <inheritdoc/>
    public override string StepName => "memory update";

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions { Epochs = 5, MaximumGradientNorm = 1 };

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => new(setting.WithoutSteps(), new ThroughTheSteps());

    /// <inheritdoc/>
    public override bool Suits(Type samples) => samples == typeof(SampleBatch);
}
