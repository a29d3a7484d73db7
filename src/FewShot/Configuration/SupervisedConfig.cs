using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>The configuration of a training from labelled samples, whose models give no distribution to compare.</summary>
public abstract record SupervisedConfig : TrainingConfig
{
    /// <summary>The default of the learner, or Adam if that is a trust region, which needs the divergence of two distributions.</summary>
    public override OptimiserOptions DefaultOptimiser =>
        Algorithm.DefaultOptimiser is TrustRegionOptions ? new AdamOptions { Epochs = 1 } : Algorithm.DefaultOptimiser;

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        if (OuterStep is not TrustRegionOptions) return;
        string problem = Choices.Of(this).Label;
        throw new InputException($"A trust region bounds a divergence, which {problem} has none of; set optimiser to adam or sgd.");
    }
}
