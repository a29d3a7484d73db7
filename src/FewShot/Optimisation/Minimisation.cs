namespace MamlRobotics.FewShot;

/// <summary>Where an optimiser has come to.</summary>
/// <param name="Points">[N, D]</param>
/// <param name="State">What the optimiser keeps</param>
public sealed record Minimisation(Tensor Points, IReadOnlyList<Tensor> State) : ITensorHolder
{
    public IEnumerable<Tensor> Tensors => [Points, .. State];

    /// <summary>Minimises functions, without a graph through the steps.</summary>
    /// <param name="start">[N, D]</param>
    /// <param name="seen">Called after 0 to the last step with the number of steps and the losses there, [N]; null for nothing</param>
    public static Minimisation Run(IStepRule rule, Optimisees functions, Tensor start, int steps, Action<int, Tensor>? seen = null)
    {
        var at = new Minimisation(start, rule.Start(start));
        for (int step = 0; step < steps; step++)
        {
            Minimisation before = at;
            at = TensorScope.Run(() => Next(rule, functions, before, step, seen));
            // A network's memory of all coordinates is large, so that of earlier steps is freed at once.
            if (step > 0) foreach (Tensor tensor in before.Tensors) tensor.Dispose();
        }
        if (seen is not null) TensorScope.Free(() => seen(steps, functions.Loss(at.Points, steps)));
        return at;
    }

    private static Minimisation Next(IStepRule rule, Optimisees functions, Minimisation at, int step, Action<int, Tensor>? seen)
    {
        Tensor leaf = at.Points.detach().requires_grad_();
        Tensor loss = functions.Loss(leaf, step);
        seen?.Invoke(step, loss.detach());
        Tensor gradient = autograd.grad([loss.sum()], [leaf])[0];
        (Tensor points, IReadOnlyList<Tensor> state) = rule.Step(at.Points, gradient, at.State, step);
        return new(points, state);
    }
}
