namespace MamlRobotics.MetaLearning;

/// <summary>Turns a gradient into a step.</summary>
public interface IUpdateRule : IOptimiserState
{
    /// <summary>The vector after one step against <paramref name="gradient"/>.</summary>
    /// <param name="parameters">[Q]</param>
    /// <param name="gradient">[Q]</param>
    /// <param name="scale">A factor of all learning rates, for a schedule</param>
    Tensor Step(Tensor parameters, Tensor gradient, double scale = 1);
}
