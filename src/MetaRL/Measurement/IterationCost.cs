using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Multiply-adds of one MAML iteration with one inner step, counted from its matrix products alone. Per sample, F is the
/// cost of a forward pass and H the same without the first layer, whose input needs no gradient. A product of two
/// differentiable factors costs two products in a backward pass, one of a differentiable and a constant factor one.
/// </summary>
/// <remarks>
/// The graph of the adapted policy's divergence has the inner forward pass (F), the inner gradient (F for the weights,
/// H for the activations) and the query's forward pass (F). Going backward through it costs 3 F + 5 H; going backward
/// through that once more, for a curvature product, 3 F + 13 H and again 3 F + 5 H.
/// </remarks>
public static class IterationCost
{
    /// <summary>FLOP of one sample's forward pass.</summary>
    public static double ForwardFlop(GaussianMlp policy) =>
        Enumerable.Range(0, policy.LayerSizes.Count - 1).Sum(layer => 2.0 * policy.LayerSizes[layer] * policy.LayerSizes[layer + 1]);

    /// <summary>GFLOP of one iteration.</summary>
    /// <param name="samplesPerBatch">Live samples of all tasks in one batch</param>
    /// <param name="lineSearchTrials">Evaluations after the step</param>
    public static double Gflop(GaussianMlp policy, long samplesPerBatch, int conjugateGradientIterations, int lineSearchTrials)
    {
        IReadOnlyList<int> sizes = policy.LayerSizes;
        double forward = ForwardFlop(policy);
        double hidden = forward - 2.0 * sizes[0] * sizes[1];
        double sampling = 2 * forward;
        double adaptation = 2 * forward + hidden;
        double evaluation = 3 * forward + hidden;
        double gradient = 3 * forward + 5 * hidden;
        double curvature = 6 * forward + 18 * hidden;
        double total = sampling + adaptation + (1 + lineSearchTrials) * evaluation + 2 * gradient + conjugateGradientIterations * curvature;
        return total * samplesPerBatch / 1e9;
    }
}
