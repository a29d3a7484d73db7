using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The curvature, by the meta-parameters, of the divergence of some tasks' adapted policies from those that sampled, at
/// the point where both are equal: the sum over tasks of J' F J. F is the Fisher information of the adapted policy and
/// J the derivative of adaptation, for one inner step I - alpha H with the Hessian H of the inner loss, so a product
/// takes two products with H and one with F. The second derivative of adaptation has no part in it: the divergence's
/// gradient is zero here. Every product is libtorch's backward pass through a graph that is built once.
/// </summary>
internal sealed class LinearisedAdaptation : ITensorHolder
{
    /// <param name="Parameters">[N, P], before the step</param>
    /// <param name="Gradient">[N, P], of the inner losses, with its graph; on which samples the options say</param>
    /// <param name="TakenGradient">[N, P], of the step that was taken</param>
    private sealed record InnerStep(Tensor Parameters, Tensor Gradient, Tensor TakenGradient);

    private readonly MetaLayout layout;
    private readonly bool firstOrder;
    private readonly Tensor meta;
    private readonly List<InnerStep> steps = [];
    private readonly Tensor adapted, weights;
    private readonly DiagonalGaussian policy, cotangent;

    // The gradient of the policy's outputs against the cotangent: linear in it, so its own gradient goes forward.
    private readonly Tensor pulled;

    /// <param name="meta">[Q]</param>
    /// <param name="batches">K support batches and the query batch</param>
    /// <param name="measured">The same batches, or a part of their samples, on which curvature is measured</param>
    public LinearisedAdaptation(PolicyMetaObjective objective, Tensor meta, IReadOnlyList<SampleBatch> batches, IReadOnlyList<SampleBatch> measured)
    {
        layout = objective.InnerLoop.Layout;
        firstOrder = objective.InnerLoop.FirstOrder;
        this.meta = meta.detach();
        Tensor parameters = layout.Initial(this.meta, batches[0].TaskCount);
        for (int step = 0; step < batches.Count - 1; step++)
        {
            Tensor leaf = parameters.detach().requires_grad_();
            Tensor gradient = Gradient(objective, leaf, measured[step], differentiable: true);
            Tensor taken = ReferenceEquals(measured[step], batches[step]) ? gradient.detach() : Gradient(objective, leaf, batches[step], differentiable: false);
            steps.Add(new InnerStep(leaf, gradient, taken));
            parameters = leaf - layout.StepSize(this.meta, step) * taken;
        }
        SampleBatch query = measured[^1];
        weights = query.Weights;
        adapted = parameters.detach().requires_grad_();
        policy = objective.Policy.Distribution(adapted, query.Observations);
        cotangent = new DiagonalGaussian(zeros_like(policy.Mean).requires_grad_(), zeros_like(policy.LogStd).requires_grad_());
        pulled = Pull(cotangent, differentiable: true);
    }

    public IEnumerable<Tensor> Tensors =>
        steps.SelectMany(step => new[] { step.Parameters, step.Gradient, step.TakenGradient })
            .Concat([meta, adapted, policy.Mean, policy.LogStd, cotangent.Mean, cotangent.LogStd, pulled]);

    /// <summary>Memory of the graph, about: what one sample of a batch leaves in it.</summary>
    public static long BytesPerSample(GaussianMlp policy, long elementSize)
    {
        // For every unit: its activation, the gradient before and behind its nonlinearity, and what that saves.
        const int Kept = 4;
        return Kept * policy.LayerSizes.Skip(1).Sum() * elementSize;
    }

    /// <summary>The curvature, summed over these tasks, times a vector. [Q] to [Q]</summary>
    public Tensor Product(Tensor vector)
    {
        Tensor change = layout.Initial(vector, adapted.shape[0]);
        for (int step = 0; step < steps.Count; step++)
        {
            change = change - layout.StepSize(meta, step) * Curvature(step, change);
            if (layout.LearnedVectors > 0) change = change - layout.StepSize(vector, step) * steps[step].TakenGradient;
        }
        Tensor back = FisherProduct(change);
        var product = zeros_like(vector);
        for (int step = steps.Count - 1; step >= 0; step--)
        {
            if (layout.LearnedVectors > 0) layout.StepSize(product, step).sub_((back * steps[step].TakenGradient).sum([0]));
            back = back - Curvature(step, layout.StepSize(meta, step) * back);
        }
        product.narrow(0, 0, layout.ParameterCount).Accumulate(back.sum([0]));
        return product;
    }

    private static Tensor Gradient(PolicyMetaObjective objective, Tensor leaf, SampleBatch batch, bool differentiable) =>
        autograd.grad([objective.InnerLossesAt(leaf, batch).sum()], [leaf], retain_graph: differentiable, create_graph: differentiable)[0];

    /// <summary>Each task's Hessian of the inner loss times its row. [N, P] to [N, P]</summary>
    private Tensor Curvature(int step, Tensor rows) => firstOrder ? zeros_like(rows)
        : autograd.grad([steps[step].Gradient], [steps[step].Parameters], [rows], retain_graph: true)[0];

    private Tensor FisherProduct(Tensor rows)
    {
        IList<Tensor> pushed = autograd.grad([pulled], [cotangent.Mean, cotangent.LogStd], [rows], retain_graph: true);
        DiagonalGaussian fisher = policy.Fisher(new DiagonalGaussian(pushed[0], pushed[1]));
        // A task's weights sum to one, so its single log std keeps its own.
        return Pull(new DiagonalGaussian(fisher.Mean * weights.unsqueeze(2), fisher.LogStd), differentiable: false);
    }

    private Tensor Pull(DiagonalGaussian against, bool differentiable) => autograd.grad(
        [policy.Mean, policy.LogStd], [adapted], [against.Mean, against.LogStd], retain_graph: true, create_graph: differentiable)[0];
}
