namespace MamlRobotics.MetaLearning;

/// <summary>The loop over K inner steps.</summary>
public static class InnerLoop
{
    /// <summary>Takes <paramref name="steps"/> steps.</summary>
    /// <param name="start">[N, P]</param>
    /// <param name="step">From the parameters before a step, and its number from 0, to those behind it</param>
    /// <returns>[N, P]</returns>
    public static Tensor Run(Tensor start, int steps, Func<Tensor, int, Tensor> step)
    {
        Tensor parameters = start;
        for (int k = 0; k < steps; k++) parameters = step(parameters, k);
        return parameters;
    }
}
