using MamlRobotics.Envs;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.MetaRL;

/// <summary>How psi depends on one of its inputs, on average over what the other inputs are in a support batch.</summary>
/// <param name="Step">The inner step, counted from 0, whose support batch and psi these are</param>
/// <param name="Points">The mean of psi at each value of the input, and the range of four fifths of the samples around it</param>
public sealed record WeightCurve(string Input, string Unit, int Step, IReadOnlyList<(double X, MeanInterval Psi)> Points);

/// <summary>
/// Partial dependence of a learned weight on each of its inputs: one input of all samples is set to a value, and psi is averaged.
/// Friedman 2001, section 8.2. The band shows how much of psi the other inputs decide: Goldstein et al. 2015, arXiv 1309.6392.
/// </summary>
public static class WeightCurves
{
    private const int Tasks = 10, Trajectories = 5, Values = 25;

    // Rare values of an input would stretch its axis.
    private const double Rare = 0.01, OutsideBand = 0.1;

    /// <summary>The curves of every input and inner step, on support batches of validation tasks.</summary>
    /// <exception cref="InputException">The checkpoint's learner has no learned weight.</exception>
    public static IReadOnlyList<WeightCurve> Of(Checkpoint checkpoint, Device device, int threads) => TensorScope.Free(() =>
    {
        MetaTrainingConfig config = checkpoint.PolicyConfig();
        using var experiment = new Experiment(config, device, threads);
        EnvironmentSpec spec = experiment.Family.Spec;
        if ((config.Algorithm as LearnedObjective)?.InnerLoss(experiment.Layout, spec) is not LearnedWeight weight)
            throw new InputException($"{Choices.Of(config.Algorithm).Name} learns no weight of samples; learned-objective does.");
        Tensor meta = checkpoint.Meta(device);
        TaskBatch tasks = experiment.Family.Tasks.Sample(experiment.Seed.Stream("validation-tasks"), Tasks);
        AdaptationData data = experiment.Sampler.Sample(
            meta, tasks, config.InnerSteps, Trajectories, experiment.Seed.Stream("learned weight"));
        return (IReadOnlyList<WeightCurve>)
        [
            .. from input in Inputs(weight.Inputs, spec)
               from step in Enumerable.Range(0, config.InnerSteps)
               select Curve(input, step, data.Samples[step], changed => weight.Psi(meta, changed, step)),
        ];
    });

    private static IEnumerable<Input> Inputs(WeightInputs inputs, EnvironmentSpec spec)
    {
        if (inputs.Reward) yield return new("reward", "", batch => batch.Rewards, (batch, value) => batch with { Rewards = value });
        yield return new("advantage", "", batch => batch.Advantages, (batch, value) => batch with { Advantages = value });
        foreach ((int i, Coordinate coordinate) in spec.Observation.Index().Where(_ => inputs.Observation))
        {
            yield return new(coordinate.Name, coordinate.Unit, batch => batch.Observations.select(2, i),
                (batch, value) => batch with { Observations = With(batch.Observations, i, value) });
        }
        foreach ((int i, Coordinate coordinate) in spec.Action.Index().Where(_ => inputs.Action))
        {
            yield return new($"action {coordinate.Name}", "policy units", batch => batch.Actions.select(2, i),
                (batch, value) => batch with { Actions = With(batch.Actions, i, value) });
        }
        yield return new("time step", "", batch => batch.TimeSteps, (batch, value) => batch with { TimeSteps = value });
    }

    private static Tensor With(Tensor rows, int column, Tensor value)
    {
        Tensor changed = rows.clone();
        changed.select(2, column).copy_(value);
        return changed;
    }

    private static WeightCurve Curve(Input input, int step, SampleBatch batch, Func<SampleBatch, Tensor> psi)
    {
        Tensor isSample = batch.Weights.gt(Number(0));
        double[] Numbers(Tensor values) => values.masked_select(isSample).to(float64).cpu().data<double>().ToArray();
        double[] seen = Numbers(input.Of(batch));
        double low = seen.Quantile(Rare), high = seen.Quantile(1 - Rare);
        return new WeightCurve(input.Name, input.Unit, step, [.. Enumerable.Range(0, Values).Select(At)]);

        (double, MeanInterval) At(int index)
        {
            double value = low + (high - low) * index / (Values - 1);
            double[] corrections = Numbers(psi(input.With(batch, full_like(batch.Rewards, Number(value)))));
            return (value, new(corrections.Mean(), corrections.Quantile(OutsideBand), corrections.Quantile(1 - OutsideBand)));
        }
    }

    /// <summary>A number of each sample that psi sees: how to read it, [N, M], and how to replace it.</summary>
    private sealed record Input(string Name, string Unit, Func<SampleBatch, Tensor> Of, Func<SampleBatch, Tensor, SampleBatch> With);
}
