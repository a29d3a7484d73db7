using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Multiply-adds of one MAML iteration with one inner step, counted from its matrix products alone. Per sample, F is the
/// cost of a forward pass and H the same without the first layer, whose input needs no gradient. A product of two
/// differentiable factors costs two products in a backward pass, one of a differentiable and a constant factor one.
/// </summary>
/// <remarks>
/// Of the inner loss, a gradient costs 2 F + H with its forward pass; a product with its Hessian 2 F + 4 H, backward
/// through that gradient. The query's forward pass costs F, a backward pass through it F + H, and so does the forward
/// push that goes backward through that one. A curvature product has two Hessians, a push and a pull. The outer
/// gradient goes backward through everything, which costs 3 F + 5 H. Thinned curvature takes the inner step on all samples
/// besides.
/// </remarks>
public static class IterationCost
{
    /// <summary>FLOP of one sample's forward pass.</summary>
    public static double ForwardFlop(GaussianMlp policy) =>
        Enumerable.Range(0, policy.LayerSizes.Count - 1).Sum(layer => 2.0 * policy.LayerSizes[layer] * policy.LayerSizes[layer + 1]);

    /// <summary>GFLOP of one iteration.</summary>
    /// <param name="samplesPerBatch">Live samples of all tasks in one batch</param>
    /// <param name="lineSearchTrials">Evaluations after the step</param>
    public static double Gflop(GaussianMlp policy, long samplesPerBatch, int conjugateGradientIterations, int curvatureStride, int lineSearchTrials)
    {
        IReadOnlyList<int> sizes = policy.LayerSizes;
        double forward = ForwardFlop(policy);
        double hidden = forward - 2.0 * sizes[0] * sizes[1];
        double sampling = 2 * forward;
        double adaptation = 2 * forward + hidden;
        double evaluation = adaptation + forward;
        double gradient = evaluation + 3 * forward + 5 * hidden;
        double graph = evaluation + forward + hidden;
        double curvature = 6 * forward + 10 * hidden;
        double total = sampling + adaptation + gradient + lineSearchTrials * evaluation
            + (graph + conjugateGradientIterations * curvature) / curvatureStride + (curvatureStride > 1 ? adaptation : 0);
        return total * samplesPerBatch / 1e9;
    }
}
