namespace MamlRobotics.MetaLearning;

/// <summary>
/// Computes the parameters of every task's model from the meta-parameters and the task's losses. Sampling, learning,
/// evaluation and the viewer all call the same step.
/// </summary>
public interface IAdaptation
{
    /// <summary>The tensors that were made for it and that its owner frees.</summary>
    IEnumerable<Tensor> Tensors => [];

    /// <summary>The layout of the meta-parameters.</summary>
    MetaLayout Layout { get; }

    /// <summary>The parameters before the first step. [Q] to [N, P]</summary>
    Tensor Start(Tensor meta, long tasks);

    /// <summary>Whether inner step <paramref name="step"/>, counted from 0, and all later ones leave the parameters as they are.</summary>
    bool IsDone(int step) => false;

    /// <summary>One inner step.</summary>
    /// <param name="meta">[Q]</param>
    /// <param name="parameters">[N, P], from which <paramref name="losses"/> were computed</param>
    /// <param name="losses">[N]; loss n depends on row n alone</param>
    /// <param name="step">Inner step, counted from 0</param>
    /// <param name="differentiable">Whether an outer gradient will be taken through this step</param>
    /// <returns>[N, P]</returns>
    Tensor Step(Tensor meta, Tensor parameters, Tensor losses, int step, bool differentiable);
}
