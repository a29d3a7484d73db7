using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>What a learner of policies asks of their losses, observations and memory.</summary>
public interface IPolicyLearner
{
    /// <summary>The inner loss of the learner; null where the configuration chooses it.</summary>
    /// <param name="layout">The layout of the meta-parameters</param>
    IPolicyLoss? InnerLoss(MetaLayout layout, EnvironmentSpec spec) => null;

    /// <summary>Whether the loss depends on the order of the steps in an episode, and not on each sample by itself.</summary>
    bool FollowsEpisodes => false;

    /// <summary>Whether policies observe the columns of their task.</summary>
    bool SeesTask => false;

    /// <inheritdoc cref="CollectorOptions.JoinsEpisodes"/>
    bool JoinsEpisodes => false;
}
