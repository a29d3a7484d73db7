namespace MamlRobotics.FewShot;

/// <summary>An optimiser: it makes a step of each of N points from the gradients there and from what it has kept.</summary>
public interface IStepRule
{
    /// <summary>What it keeps before the first step.</summary>
    /// <param name="points">[N, D]</param>
    IReadOnlyList<Tensor> Start(Tensor points);

    /// <summary>One step.</summary>
    /// <param name="points">[N, D]</param>
    /// <param name="gradient">[N, D]</param>
    /// <param name="step">The number of steps before this one</param>
    (Tensor Points, IReadOnlyList<Tensor> State) Step(Tensor points, Tensor gradient, IReadOnlyList<Tensor> state, int step);
}
