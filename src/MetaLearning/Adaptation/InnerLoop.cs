namespace MamlRobotics.MetaLearning;

/// <summary>The loop over K inner steps.</summary>
public static class InnerLoop
{
    /// <summary>Takes <paramref name="steps"/> steps.</summary>
    /// <param name="start">[N, P]</param>
    /// <param name="step">Takes the parameters before a step and its number, counted from 0, and returns the parameters after it</param>
    /// <returns>[N, P]</returns>
    public static Tensor Run(Tensor start, int steps, Func<Tensor, int, Tensor> step)
    {
        Tensor parameters = start;
        for (int k = 0; k < steps; k++) parameters = step(parameters, k);
        return parameters;
    }
}
