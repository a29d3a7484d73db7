using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>A gradient-based learner that is for policies alone, and may bring losses of its own.</summary>
public abstract record PolicyRecipe : GradientRecipe
{
    /// <summary>The loss of an inner step, where it is not the configuration's to choose.</summary>
    public virtual IPolicyLoss? InnerLoss(MetaLayout layout) => null;

    /// <inheritdoc/>
    public override bool Suits(Type samples) => samples == typeof(SampleBatch);
}
