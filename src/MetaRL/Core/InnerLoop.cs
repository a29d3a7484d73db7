namespace MamlRobotics.MetaRL;

/// <summary>
/// Adaptation, for every task at once: theta' = theta - alpha * gradient of the task's loss. Sampling, learning,
/// evaluation and the viewer all call this one step. Finn, Abbeel and Levine 2017, equation 1.
/// </summary>
/// <param name="FirstOrder">Treat the inner gradient as a constant in the outer one (first-order MAML, section 5.2).</param>
public sealed record InnerLoop(MetaLayout Layout, bool FirstOrder)
{
    /// <summary>One inner step.</summary>
    /// <param name="meta">[Q], for the step sizes</param>
    /// <param name="parameters">[N, P], from which <paramref name="losses"/> were computed</param>
    /// <param name="losses">[N]; loss n depends on row n alone</param>
    /// <param name="step">Inner step, counted from 0</param>
    /// <param name="differentiable">Whether an outer gradient will be taken through this step</param>
    /// <returns>[N, P]</returns>
    public Tensor Step(Tensor meta, Tensor parameters, Tensor losses, int step, bool differentiable)
    {
        bool secondOrder = differentiable && !FirstOrder;
        // TorchSharp's retain_graph does not follow create_graph, so both are passed. The first-order gradient
        // keeps the graph as well: a multi-step outer loss is differentiated through the same forward pass.
        Tensor gradient = autograd.grad([losses.sum()], [parameters], retain_graph: differentiable, create_graph: secondOrder)[0];
        return parameters - Layout.StepSize(meta, step) * gradient;
    }
}
