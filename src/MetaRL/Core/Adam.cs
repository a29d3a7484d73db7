namespace MamlRobotics.MetaRL;

/// <summary>Adam over one flat vector. Kingma and Ba 2015, algorithm 1, arXiv 1412.6980.</summary>
/// <param name="rates">[Q], a learning rate per coordinate, from then on its own like the moments</param>
public sealed class Adam(Tensor rates) : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    /// <summary>Updates taken.</summary>
    public long Steps { get; set; }

    /// <summary>Running mean of the gradient, [Q].</summary>
    public Tensor FirstMoment { get; } = zeros_like(rates);

    /// <summary>Running mean of the squared gradient, [Q].</summary>
    public Tensor SecondMoment { get; } = zeros_like(rates);

    /// <summary>The vector after one step against <paramref name="gradient"/>.</summary>
    /// <param name="scale">Factor of all learning rates, for a schedule</param>
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
