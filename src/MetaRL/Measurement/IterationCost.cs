using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Counts the multiply-adds of one MAML iteration with one inner step, from its matrix products alone. For each sample, F is the
/// cost of a forward pass, and H is the cost without the first layer, whose input needs no gradient. In a backward pass, a product
/// of two differentiable factors costs two products, and a product with a constant factor costs one.
/// </summary>
/// <remarks>
/// A gradient of the inner loss costs 2 F + H with its forward pass. A product with the Hessian of the inner loss goes backward
/// through that gradient and costs 2 F + 4 H. The forward pass of the query costs F. A vector-Jacobian product goes backward through
/// it and costs F + H; a Jacobian-vector product goes backward through that one and costs the same. A curvature product takes two
/// products with the Hessian and one of each of these. The outer gradient goes backward through everything and costs 3 F + 5 H.
/// With thinned curvature, the inner step on all samples is an extra cost.
/// </remarks>
public static class IterationCost
{
    /// <summary>The FLOP of a forward pass of one sample.</summary>
    public static double ForwardFlop(GaussianMlp policy) =>
        Enumerable.Range(0, policy.LayerSizes.Count - 1).Sum(layer => 2.0 * policy.LayerSizes[layer] * policy.LayerSizes[layer + 1]);

    /// <summary>The GFLOP of one iteration.</summary>
    /// <param name="samplesPerBatch">The number of live samples of all tasks in one batch</param>
    /// <param name="lineSearchTrials">The number of evaluations of the line search</param>
    public static double Gflop(
        GaussianMlp policy, long samplesPerBatch, int conjugateGradientIterations, int curvatureStride, int lineSearchTrials)
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
