using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// The curvature, with respect to the meta-parameters, of the divergence of some tasks' adapted models from those that gave the
/// query data, at the point where both are equal: the sum over tasks of J' F J. F is the Fisher information of the adapted model
/// and J the derivative of adaptation. For one inner step, J is I - alpha H with the Hessian H of the inner loss, so a product
/// takes two products with H and one with F. The second derivative of adaptation drops out, because the gradient of the divergence
/// is zero at this point. Every product is a backward pass of libtorch through a graph that is built once.
/// </summary>
internal sealed class LinearisedAdaptation<TSamples> : ITensorHolder where TSamples : ITaskSamples<TSamples>
{
    /// <param name="Parameters">[N, P], before the step</param>
    /// <param name="Gradient">[N, P], with its graph: the gradient of the inner losses on the samples that measure curvature</param>
    /// <param name="TakenGradient">[N, P], the gradient of the step that was taken, on all samples</param>
    private sealed record InnerStep(Tensor Parameters, Tensor Gradient, Tensor TakenGradient);

    private readonly IFisherModel<TSamples> model;
    private readonly GradientAdaptation adaptation;
    private readonly Tensor meta;
    private readonly List<InnerStep> steps = [];
    private readonly TSamples query;
    private readonly Tensor adapted;
    private readonly IReadOnlyList<Tensor> outputs, cotangent;

    // The vector-Jacobian product of the model's outputs with the cotangent. It is linear in the cotangent, so its own derivative
    // gives Jacobian-vector products.
    private readonly Tensor pulled;

    /// <param name="meta">[Q]</param>
    /// <param name="batches">K support batches and the query batch</param>
    /// <param name="measured">The samples on which curvature is measured: the same batches, or a part of their samples</param>
    public LinearisedAdaptation(
        MetaObjective<TSamples> objective, Tensor meta, IReadOnlyList<TSamples> batches, IReadOnlyList<TSamples> measured)
    {
        (model, adaptation) = Require(objective);
        this.meta = meta.detach();
        Tensor parameters = InnerLoop.Run(adaptation.Start(this.meta, batches[0].TaskCount), batches.Count - 1, (before, step) =>
        {
            Tensor leaf = before.detach().requires_grad_();
            Tensor gradient = Gradient(leaf, measured[step], step, differentiable: true);
            bool isWhole = ReferenceEquals(measured[step], batches[step]);
            Tensor taken = isWhole ? gradient.detach() : Gradient(leaf, batches[step], step, differentiable: false);
            steps.Add(new InnerStep(leaf, gradient, taken));
            return leaf - adaptation.StepSize(this.meta, step) * taken;
        });
        query = measured[^1];
        adapted = parameters.detach().requires_grad_();
        outputs = model.Outputs(adapted, query);
        cotangent = [.. outputs.Select(output => zeros_like(output).requires_grad_())];
        pulled = Pull(cotangent, differentiable: true);
    }

    public IEnumerable<Tensor> Tensors =>
        steps.SelectMany(step => new[] { step.Parameters, step.Gradient, step.TakenGradient })
            .Concat([meta, adapted, .. outputs, .. cotangent, pulled]);

    /// <summary>The model and the adaptation of an objective, whose derivatives are computed here.</summary>
    /// <exception cref="InputException">They are of a kind whose derivatives are not computed here.</exception>
    public static (IFisherModel<TSamples> Model, GradientAdaptation Adaptation) Require(MetaObjective<TSamples> objective)
    {
        var fisher = objective.Model as IFisherModel<TSamples>;
        var gradient = objective.Adaptation as GradientAdaptation;
        return fisher is { LearnsLoss: false } && gradient is { Proximity: 0 } ? (fisher, gradient)
            : throw new InputException(
                "A trust region needs a model with a divergence, a given loss and plain gradient steps; take another optimiser.");
    }

    /// <summary>The curvature, summed over these tasks, times a vector. [Q] to [Q]</summary>
    public Tensor Product(Tensor vector)
    {
        MetaLayout layout = adaptation.Layout;
        bool learnsSizes = adaptation.Sizes.LearnedVectors > 0;
        Tensor change = InnerLoop.Run(adaptation.Start(vector, adapted.shape[0]), steps.Count, (before, step) =>
        {
            Tensor after = before - adaptation.StepSize(meta, step) * Curvature(step, before);
            return learnsSizes ? after - adaptation.StepSize(vector, step) * steps[step].TakenGradient : after;
        });
        Tensor back = FisherProduct(change);
        var product = zeros_like(vector);
        for (int step = steps.Count - 1; step >= 0; step--)
        {
            if (learnsSizes) adaptation.Sizes.Of(layout, product, step).sub_(Masked(back * steps[step].TakenGradient).sum([0]));
            back = back - Curvature(step, adaptation.StepSize(meta, step) * back);
        }
        layout.Theta(product).Accumulate(adaptation.MaskedStart(back.sum([0])));
        return product;
    }

    private Tensor Masked(Tensor rows) => adaptation.Mask is null ? rows : rows * adaptation.Mask;

    private Tensor Gradient(Tensor leaf, TSamples samples, int step, bool differentiable) => autograd.grad(
        [model.Forward(meta, leaf, samples).Inner(step).sum()], [leaf], retain_graph: differentiable, create_graph: differentiable)[0];

    /// <summary>Multiplies the row of each task by the Hessian of its inner loss. [N, P] to [N, P]</summary>
    private Tensor Curvature(int step, Tensor rows) => adaptation.FirstOrder ? zeros_like(rows)
        : autograd.grad([steps[step].Gradient], [steps[step].Parameters], [rows], retain_graph: true)[0];

    private Tensor FisherProduct(Tensor rows)
    {
        IList<Tensor> pushed = autograd.grad([pulled], [.. cotangent], [rows], retain_graph: true);
        return Pull(model.FisherProduct(outputs, [.. pushed], query), differentiable: false);
    }

    private Tensor Pull(IReadOnlyList<Tensor> against, bool differentiable) =>
        autograd.grad([.. outputs], [adapted], [.. against], retain_graph: true, create_graph: differentiable)[0];
}
