namespace MamlRobotics.FewShot;

/// <summary>An optimiser that people designed, with which learned ones are compared.</summary>
/// <param name="Label">Its name in tables and pictures</param>
/// <param name="Rule">Makes the optimiser with a learning rate</param>
public sealed record HandDesignedRule(string Label, Func<double, IStepRule> Rule)
{
    public static IReadOnlyList<HandDesignedRule> All { get; } =
    [
        new("SGD", rate => new PlainRule(rate)), new("RMSProp", rate => new RmsPropRule(rate)), new("Adam", rate => new AdamRule(rate)),
        new("Nesterov", rate => new NesterovRule(rate)),
    ];
}

/// <summary>Gradient descent.</summary>
internal sealed record PlainRule(double Rate) : IStepRule
{
    public IReadOnlyList<Tensor> Start(Tensor points) => [];

    public (Tensor Points, IReadOnlyList<Tensor> State) Step(Tensor points, Tensor gradient, IReadOnlyList<Tensor> state, int step) =>
        (points - gradient * Number(Rate), []);
}

/// <summary>
/// Nesterov's accelerated gradient with momentum 0.9. The points are those at which gradients are taken: Sutskever et al. 2013, equations
/// 3 and 4, after a change of variables.
/// </summary>
internal sealed record NesterovRule(double Rate) : IStepRule
{
    private const double Momentum = 0.9;

    public IReadOnlyList<Tensor> Start(Tensor points) => [zeros_like(points)];

    public (Tensor Points, IReadOnlyList<Tensor> State) Step(Tensor points, Tensor gradient, IReadOnlyList<Tensor> state, int step)
    {
        Tensor velocity = (state[0] * Number(Momentum)).Plus(gradient);
        return (points - gradient.Plus(velocity * Number(Momentum)) * Number(Rate), [velocity]);
    }
}

/// <summary>RMSProp: Tieleman and Hinton 2012, lecture 6.5, with decay 0.9.</summary>
internal sealed record RmsPropRule(double Rate) : IStepRule
{
    private const double Decay = 0.9, Epsilon = 1e-8;

    public IReadOnlyList<Tensor> Start(Tensor points) => [zeros_like(points)];

    public (Tensor Points, IReadOnlyList<Tensor> State) Step(Tensor points, Tensor gradient, IReadOnlyList<Tensor> state, int step)
    {
        Tensor square = RunningMean.Next(state[0], gradient.Square(), Decay);
        return (points - gradient / square.sqrt().Plus(Epsilon) * Number(Rate), [square]);
    }
}

/// <summary>Adam by the same rule as the meta-optimiser.</summary>
internal sealed record AdamRule(double Rate) : IStepRule
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    public IReadOnlyList<Tensor> Start(Tensor points) => [zeros_like(points), zeros_like(points)];

    public (Tensor Points, IReadOnlyList<Tensor> State) Step(Tensor points, Tensor gradient, IReadOnlyList<Tensor> state, int step)
    {
        Tensor mean = RunningMean.Next(state[0], gradient, Beta1), square = RunningMean.Next(state[1], gradient.Square(), Beta2);
        Tensor deviation = (square / Number(1 - Math.Pow(Beta2, step + 1))).sqrt().Plus(Epsilon);
        return (points - mean / deviation * Number(Rate / (1 - Math.Pow(Beta1, step + 1))), [mean, square]);
    }
}

/// <summary>An exponentially weighted mean over steps.</summary>
internal static class RunningMean
{
    public static Tensor Next(Tensor mean, Tensor value, double decay) => (mean * Number(decay)).Plus(value * Number(1 - decay));
}
