namespace MamlRobotics.MetaLearning;

/// <summary>The value of a meta-objective.</summary>
/// <param name="Loss">Scalar: the outer loss, weighted over inner steps and averaged over tasks</param>
/// <param name="Total">Scalar: the sum of the loss and its penalty, which is differentiated</param>
/// <param name="Losses">Entry k: the losses at batch k of the models after k inner steps</param>
/// <param name="Adapted">[N, P], after the last inner step</param>
public sealed record MetaValue(Tensor Loss, Tensor Total, IReadOnlyList<ITaskLosses> Losses, Tensor Adapted);

/// <summary>
/// The outer loss as a function of the flat meta-parameters: adapt on the support data, then evaluate the adapted models on
/// the query data. Without support data it is the loss of the initial models.
/// </summary>
/// <param name="StepWeights">[K], the weights of the models after each inner step in the outer loss</param>
public sealed record MetaObjective<TSamples>(ITaskModel<TSamples> Model, IAdaptation Adaptation, IReadOnlyList<double> StepWeights)
    where TSamples : ITaskSamples<TSamples>
{
    /// <summary>Computes a penalty from the losses at every batch, which is added to the outer loss.</summary>
    public Func<IReadOnlyList<ITaskLosses>, Tensor>? Penalty { get; init; }

    /// <summary>
    /// Whether each inner step is learned for the models right after it alone: an outer gradient goes back through one step and
    /// takes the models before it as given.
    /// </summary>
    public bool StepsApart { get; init; }

    /// <summary>Takes one inner step on a batch, without an outer gradient.</summary>
    /// <param name="parameters">[N, P]</param>
    /// <param name="step">Inner step, counted from 0</param>
    /// <returns>[N, P]</returns>
    public Tensor Adapt(Tensor meta, Tensor parameters, TSamples samples, int step)
    {
        if (Adaptation.IsDone(step)) return parameters.detach();
        Tensor leaf = parameters.detach().requires_grad_(), fixedMeta = meta.detach();
        return Adaptation.Step(fixedMeta, leaf, Model.Forward(fixedMeta, leaf, samples).Inner(step), step, differentiable: false).detach();
    }

    /// <summary>Evaluates the objective.</summary>
    /// <param name="meta">[Q]</param>
    /// <param name="batches">K support batches and the query batch</param>
    /// <param name="differentiable">Keep the graph through the inner steps, down to <paramref name="meta"/></param>
    public MetaValue Evaluate(Tensor meta, IReadOnlyList<TSamples> batches, bool differentiable = true)
    {
        var losses = new List<ITaskLosses>();
        Tensor? loss = null;
        int steps = batches.Count - 1;
        Tensor adapted = InnerLoop.Run(Adaptation.Start(meta, batches[0].TaskCount), steps, (parameters, step) =>
        {
            bool isCut = StepsApart && step > 0;
            Tensor at = differentiable && !isCut ? parameters : parameters.detach().requires_grad_();
            // The models before a step that is learned apart have an outer loss with a graph, but descend without it.
            ITaskLosses judged = Forward(differentiable ? parameters : at, step);
            ITaskLosses descended = differentiable && isCut ? Model.Forward(meta, at, batches[step]) : judged;
            return Adaptation.Step(meta, at, descended.Inner(step), step, differentiable);
        });
        if (!differentiable) adapted = adapted.detach();
        Forward(adapted, steps);
        Tensor total = Penalty is null ? loss! : loss!.Plus(Penalty(losses));
        return new MetaValue(loss!, total, losses, adapted);

        ITaskLosses Forward(Tensor parameters, int step)
        {
            losses.Add(Model.Forward(meta, parameters, batches[step]));
            double weight = steps == 0 ? 1 : step == 0 ? 0 : StepWeights[step - 1];
            if (weight <= 0) return losses[^1];
            Tensor weighted = losses[^1].Outer().mean() * Number(weight);
            loss = loss is null ? weighted : loss.Plus(weighted);
            return losses[^1];
        }
    }
}
