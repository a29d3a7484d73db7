using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>The configuration of a training on sinusoids.</summary>
[Choice("sinusoid", Label = "sinusoid regression", Source = "Finn, Abbeel and Levine 2017, section 5.1, arXiv 1703.03400")]
public sealed record SinusoidConfig : SupervisedConfig
{
    [Description("Number of support points of a task, which every inner step uses.")]
    [Range(1, 10_000)]
    public int Shots { get; init; } = 10;

    [Description("Number of query points of a task, which the outer loss uses.")]
    [Range(1, 10_000)]
    public int QueryPoints { get; init; } = 10;

    [Description("Units of each hidden layer of the network.")]
    public IReadOnlyList<int> HiddenSizes { get; init; } = [40, 40];

    [Description("Activation of the hidden layers: tanh, relu, elu or silu.")]
    public Activation Activation { get; init; } = Activation.Relu;

    /// <inheritdoc/>
    public override ParameterLayout Model => Network.Layout;

    /// <summary>The network of every task.</summary>
    public Mlp Network => new([1, .. HiddenSizes, 1], Activation, Algorithm.ContextSize);

    /// <inheritdoc/>
    public override string ScoreName => "loss";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override Type Samples => typeof(RegressionSamples);

    /// <inheritdoc/>
    public override SinusoidExperiment CreateExperiment(Device device, int threads, IProcessGroup? group = null) =>
        new(this, device, threads, group: group);

    /// <inheritdoc/>
    public override SinusoidConfig Resolved() => this with { Optimiser = OuterStep };

    /// <inheritdoc/>
    public override void Check()
    {
        if (HiddenSizes.Any(size => size is < 1 or > 10_000))
            throw new InputException("hiddenSizes must be a list of layer sizes between 1 and 10000.");
        base.Check();
    }
}
