namespace MamlRobotics.MetaLearning;

/// <summary>
/// A gradient step for every task at once: theta' = theta - alpha * gradient of the task's loss. Finn, Abbeel and Levine 2017,
/// equation 1, arXiv 1703.03400.
/// </summary>
public sealed record GradientAdaptation(MetaLayout Layout, StepSizes Sizes) : IAdaptation
{
    /// <summary>Treat the inner gradient as a constant in the outer one (first-order MAML, section 5.2).</summary>
    public bool FirstOrder { get; init; }

    /// <summary>[P], one for the parameters that inner steps change and zero for the others; null where they change all of them.</summary>
    public Tensor? Mask { get; init; }

    /// <summary>
    /// [P], zero for the parameters that are zero at the start of every task, whatever the meta-parameters hold, and one for the
    /// others; null where there are no such parameters.
    /// </summary>
    public Tensor? StartMask { get; init; }

    /// <summary>
    /// lambda: lambda / 2 times the squared distance from the start is added to the inner loss. Rajeswaran et al. 2019,
    /// equation 3, arXiv 1909.04630.
    /// </summary>
    public double Proximity { get; init; }

    public IEnumerable<Tensor> Tensors => ((Tensor?[])[Mask, StartMask]).OfType<Tensor>();

    /// <inheritdoc/>
    public Tensor Start(Tensor meta, long tasks) => MaskedStart(Layout.Theta(meta)).unsqueeze(0).expand(tasks, Layout.ParameterCount);

    /// <summary>
    /// Sets the parameters that are zero at the start of a task to zero. A gradient goes back through the start by the same
    /// product. [P] to [P]
    /// </summary>
    public Tensor MaskedStart(Tensor theta) => StartMask is null ? theta : theta * StartMask;

    /// <inheritdoc/>
    public Tensor Step(Tensor meta, Tensor parameters, Tensor losses, int step, bool differentiable)
    {
        bool secondOrder = differentiable && !FirstOrder;
        // TorchSharp's retain_graph does not follow create_graph, so both are passed. The first-order gradient
        // keeps the graph as well: a multi-step outer loss is differentiated through the same forward pass.
        Tensor gradient = autograd.grad([losses.sum()], [parameters], retain_graph: differentiable, create_graph: secondOrder)[0];
        if (Proximity > 0) gradient = gradient.Plus((parameters - Start(meta, parameters.shape[0])) * Number(Proximity));
        return parameters - StepSize(meta, step) * gradient;
    }

    /// <summary>The step sizes of an inner step. [Q] to [P], or [1] where they are neither learned nor masked</summary>
    public Tensor StepSize(Tensor meta, int step)
    {
        Tensor sizes = Sizes.Of(Layout, meta, step);
        return Mask is null ? sizes : sizes * Mask;
    }
}
