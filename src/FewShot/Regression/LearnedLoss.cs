using System.ComponentModel;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>
/// A learned inner loss: a network psi of input, target and prediction, meta-learned like the initial parameters, is added to the
/// squared error of each point. An inner step can then go further than the error alone would lead it.
/// </summary>
[Choice("learned-objective", Label = "Learned objective", Source = "after Bechtle et al. 2021 (ML3), algorithm 1, arXiv 1906.05374")]
public sealed record LearnedLoss : GradientRecipe
{
    private const string BlockName = "loss";

    public LearnedLoss() => LearnedStepSizes = LearnedStepSizes.PerParameter;

    [Description("Units of each hidden layer of psi.")]
    public IReadOnlyList<int> HiddenSizes { get; init; } = [40, 40];

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions { Epochs = 1 };

    /// <summary>The network of input, target and prediction, without its parameters.</summary>
    internal Mlp Psi => new([3, .. HiddenSizes, 1], Activation.Tanh);

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting)
    {
        Mlp psi = Psi;
        var block = new MetaBlock(BlockName, [psi.Layout.Count], () => psi.Initialise(setting.Seed.Stream(BlockName)));
        var limited = new LimitedAdaptation(Adaptation(setting, block), setting.InnerSteps);
        return new Composition(new MetaStage(limited, Weights(setting.InnerSteps)), new ThroughTheSteps());
    }

    /// <summary>What is added to the squared error, the mean over the points of each task. [N]</summary>
    /// <param name="psi">A network such as <see cref="Psi"/></param>
    /// <param name="meta">[Q]</param>
    /// <param name="outputs">[N, M, 1]</param>
    internal static Tensor Of(Mlp psi, MetaLayout layout, Tensor meta, RegressionSamples samples, Tensor outputs)
    {
        Tensor points = cat([samples.Inputs, samples.Targets, outputs], 2);
        Tensor all = psi.Forward(layout.Block(meta, BlockName).unsqueeze(0), points.flatten(0, 1).unsqueeze(0));
        return all.view(points.shape[0], -1).mean([1]);
    }

    /// <inheritdoc/>
    public override bool Suits(Type samples) => samples == typeof(RegressionSamples);

    /// <inheritdoc/>
    public override string? Fault(int innerSteps) =>
        FirstOrder ? "learned-objective.firstOrder must be false: the loss is learned by the derivative of the inner step."
        : HiddenSizes.Any(size => size is < 1 or > 10_000)
            ? "learned-objective.hiddenSizes must be a list of layer sizes between 1 and 10000."
        : base.Fault(innerSteps);
}
