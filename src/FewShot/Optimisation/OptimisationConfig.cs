using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>The configuration of a learned optimiser. K inner steps are the steps that it takes.</summary>
[Choice("optimisation", Label = "learned optimisation", Source = "Andrychowicz et al. 2016, section 3, arXiv 1606.04474")]
public sealed record OptimisationConfig : SupervisedConfig
{
    public OptimisationConfig() => (Algorithm, InnerSteps, MetaBatchSize) = (new LearnedOptimiser(), 100, 128);

    [Description("What is minimised: quadratics, or digits (the cross-entropy of a network with one hidden layer of sigmoid units).")]
    public OptimiseeKind Optimisees { get; init; } = OptimiseeKind.Quadratics;

    [Description("Dimensions of the quadratics.")]
    [Range(1, 1000)]
    public int Dimensions { get; init; } = 10;

    [Description("Standard deviation of each coordinate of the points that optimisers start from.")]
    [Range(0.0, 100.0)]
    public double StartDeviation { get; init; } = 0.01;

    [Description("Pictures that the networks learn in training; `maml data` lists the names. Strokes serve where there are no digits.")]
    public string TrainingData { get; init; } = "strokes@0-5";

    [Description("Pictures that they learn in `maml eval`.")]
    public string TestData { get; init; } = "strokes-test@0-10";

    [Description("Width and height of a picture; other sizes are resized.")]
    [Range(4, 256)]
    public int Side { get; init; } = 28;

    [Description("Sigmoid units of the hidden layer of the networks.")]
    [Range(1, 10_000)]
    public int HiddenUnits { get; init; } = 20;

    [Description("Pictures in the batch of a step.")]
    [Range(1, 10_000)]
    public int BatchSize { get; init; } = 128;

    /// <inheritdoc/>
    public override ParameterLayout Model => Network.Layout;

    /// <summary>The network of the optimiser, without its parameters.</summary>
    public OptimiserNetwork Network => Learner.NetworkFor(InnerSteps);

    /// <inheritdoc/>
    public override string ScoreName => "loss";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override string Subject => Optimisees == OptimiseeKind.Quadratics ? $"quadratics in {Dimensions} dimensions" : TrainingData;

    /// <inheritdoc/>
    public override Type Samples => typeof(OptimiseeSamples);

    /// <inheritdoc/>
    // A gradient step makes no optimiser, though it could be taken on any samples.
    public override bool Suits(Recipe learner) => learner is LearnedOptimiser;

    /// <summary>The learner with its options.</summary>
    public LearnedOptimiser Learner => (LearnedOptimiser)Algorithm;

    /// <inheritdoc/>
    public override OptimisationExperiment CreateExperiment(Device device, int threads, IProcessGroup? group = null) =>
        new(this, device, threads, group: group);

    /// <inheritdoc/>
    public override OptimisationConfig Resolved() => this with { Optimiser = OuterStep };
}
