namespace MamlRobotics.MetaLearning;

/// <summary>
/// Finds out what is not finite in a meta-objective. It goes through the tasks one by one and is called only where a number of all
/// tasks together turned out not to be finite, so it costs nothing otherwise.
/// </summary>
/// <param name="gradient">How the objective is differentiated</param>
internal sealed class FaultSearch<TSamples>(MetaObjective<TSamples> objective, IMetaGradient gradient)
    where TSamples : ITaskSamples<TSamples>
{
    private const string Ending = " that is not finite; lower the learning rates";

    /// <param name="meta">[Q]</param>
    /// <param name="batches">K support batches and the query batch</param>
    /// <returns>An exception that names the first task and quantity at fault</returns>
    public TrainingException Explain(Tensor meta, IReadOnlyList<TSamples> batches) => TensorScope.Free(() =>
    {
        if (!IsFinite(meta)) return new TrainingException($"The outer step gave a meta-parameter{Ending}.");
        for (int task = 0; task < batches[0].TaskCount; task++)
        {
            TSamples[] own = [.. batches.Select(batch => batch.Tasks(task, 1))];
            if (TensorScope.Free(() => FaultOf(meta.detach(), own)) is { } fault) return TrainingException.OfTask(task, fault + Ending);
        }
        return new TrainingException("The sum over tasks is not finite, though each task by itself is; lower the learning rates.");
    });

    private string? FaultOf(Tensor meta, TSamples[] batches)
    {
        int steps = batches.Length - 1;
        Tensor parameters = objective.Adaptation.Start(meta, 1);
        for (int step = 0; step <= steps; step++)
        {
            Tensor leaf = parameters.detach().requires_grad_();
            ITaskLosses losses = objective.Model.Forward(meta, leaf, batches[step]);
            bool isJudged = step > 0 && objective.StepWeights[step - 1] > 0;
            if (isJudged && !IsFinite(losses.Outer())) return $"an outer loss after {Counted(step)}";
            if (step == steps) break;
            Tensor inner = losses.Inner(step);
            if (!IsFinite(inner)) return $"an inner loss after {Counted(step)}";
            parameters = objective.Adaptation.Step(meta, leaf, inner, step, differentiable: false);
            if (!IsFinite(parameters)) return $"a parameter after {Counted(step + 1)}";
        }
        // Optimisers scale by the norm, which overflows before the gradient itself does.
        return IsFinite(gradient.Differentiate(objective, meta, batches).Gradient.norm()) ? null : "a meta-gradient";
    }

    private static string Counted(int steps) => FormattableString.Invariant($"{steps} inner {(steps == 1 ? "step" : "steps")}");

    private static bool IsFinite(Tensor values) => double.IsFinite(values.detach().abs().max().to(float64).ReadNumber());
}
