using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MamlRobotics.MetaLearning;

/// <summary>Options of <see cref="Adam"/> as a meta-optimiser.</summary>
[Choice("adam", Label = "Adam", Source = "Kingma and Ba 2015, algorithm 1, arXiv 1412.6980")]
public sealed record AdamOptions : DescentOptions
{
    [Description("Learning rate of the initial parameters and of all other meta-parameters except learned step sizes.")]
    [Range(1e-12, 10)]
    public double LearningRate { get; init; } = 1e-3;

    [Description("Learning rate of learned step sizes.")]
    [Range(0.0, 10.0)]
    public double StepSizeLearningRate { get; init; } = 1e-3;

    /// <inheritdoc/>
    protected override double RateOf(string? block) => block == StepSizes.BlockName ? StepSizeLearningRate : LearningRate;

    /// <inheritdoc/>
    protected override IUpdateRule Rule(Tensor rates) => new Adam(rates);
}

/// <summary>Adam over one flat vector. Kingma and Ba 2015, algorithm 1, arXiv 1412.6980.</summary>
/// <param name="rates">[Q], a learning rate for each coordinate; this object owns the tensor from then on</param>
public sealed class Adam(Tensor rates) : IUpdateRule
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
    private const string FirstMomentName = "adam.first_moment", SecondMomentName = "adam.second_moment", StepsName = "adam.steps";

    /// <summary>The number of updates so far.</summary>
    public long Steps { get; set; }

    /// <summary>Running mean of the gradient, [Q].</summary>
    public Tensor FirstMoment { get; } = zeros_like(rates);

    /// <summary>Running mean of the squared gradient, [Q].</summary>
    public Tensor SecondMoment { get; } = zeros_like(rates);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> State => new Dictionary<string, Tensor>
    {
        [FirstMomentName] = FirstMoment,
        [SecondMomentName] = SecondMoment,
        [StepsName] = new[] { Steps }.CopyToTensor(),
    };

    /// <inheritdoc/>
    public void Restore(IReadOnlyDictionary<string, Tensor> state)
    {
        FirstMoment.copy_(state[FirstMomentName]);
        SecondMoment.copy_(state[SecondMomentName]);
        Steps = state[StepsName].item<long>();
    }

    /// <inheritdoc/>
    public Tensor Step(Tensor parameters, Tensor gradient, double scale = 1)
    {
        Steps++;
        FirstMoment.mul_(Number(Beta1)).add_(gradient, alpha: Number(1 - Beta1));
        SecondMoment.mul_(Number(Beta2)).add_(gradient.Square(), alpha: Number(1 - Beta2));
        double correction1 = 1 - Math.Pow(Beta1, Steps), correction2 = 1 - Math.Pow(Beta2, Steps);
        Tensor deviation = SecondMoment.div(Number(correction2)).sqrt().Plus(Epsilon);
        return parameters - rates * (FirstMoment / deviation).mul(Number(scale / correction1));
    }

    public void Dispose()
    {
        rates.Dispose();
        FirstMoment.Dispose();
        SecondMoment.Dispose();
    }
}
