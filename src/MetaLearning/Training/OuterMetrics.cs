namespace MamlRobotics.MetaLearning;

/// <summary>What tells a healthy outer step from a sick one; not a number where there is no such figure.</summary>
internal static class OuterMetrics
{
    private const string Loss = "outer_loss", Kl = "kl", GradientNorm = "gradient_norm", Accepted = "accepted";
    private static readonly string[] OfStepSizes = ["min", "mean", "max"];

    /// <summary>The names of their columns.</summary>
    public static IEnumerable<string> Columns(IExperiment experiment) =>
        [Loss, Kl, GradientNorm, .. experiment.Columns.OuterStep.Select(figure => figure.Column), .. OfStepSizes.Select(ColumnOf), Accepted];

    /// <param name="iteration">For errors, counted from one</param>
    /// <exception cref="TrainingException">The loss or the meta-parameters are not finite.</exception>
    public static IEnumerable<Metric> Of(OuterStep step, IExperiment experiment, int iteration)
    {
        RequireFinite(step.LossBefore, "an outer loss", iteration);
        double[] numbers = ReadNumbers(Summary(step.Meta, experiment.Layout));
        RequireFinite(numbers[0], "parameters", iteration);
        return
        [
            new(Loss, "outer/loss", step.LossBefore),
            new(Kl, "outer/kl", step.Divergence),
            new(GradientNorm, "outer/gradient_norm", step.GradientNorm),
            .. experiment.Columns.OuterStep.Select(figure => new Metric(figure.Column, figure.Tag, step.Figures.GetValueOrDefault(figure.Column, double.NaN))),
            .. OfStepSizes.Select((name, i) => new Metric(ColumnOf(name), $"step_size/{name}", numbers.Length > 1 ? numbers[1 + i] : double.NaN)),
            new(Accepted, null, step.Accepted ? 1 : 0),
        ];
    }

    private static string ColumnOf(string statistic) => $"step_size_{statistic}";

    /// <summary>The sum of the meta-parameters, which is finite where they are, and the smallest, mean and largest step size where they are learned.</summary>
    private static Tensor[] Summary(Tensor meta, MetaLayout layout)
    {
        Tensor sum = meta.sum();
        if (!layout.Has(StepSizes.BlockName)) return [sum];
        Tensor sizes = layout.Block(meta, StepSizes.BlockName);
        return [sum, sizes.min(), sizes.mean(), sizes.max()];
    }

    private static void RequireFinite(double value, string what, int iteration)
    {
        if (!double.IsFinite(value))
            throw new TrainingException($"Iteration {iteration} gave {what} that is not finite; lower the learning rates. The last checkpoint is kept.");
    }
}
