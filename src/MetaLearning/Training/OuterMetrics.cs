namespace MamlRobotics.MetaLearning;

/// <summary>Figures that show whether an outer step worked. A figure that does not exist is not a number.</summary>
internal static class OuterMetrics
{
    private const string Loss = "outer_loss", Kl = "kl", GradientNorm = "gradient_norm", Accepted = "accepted";
    private static readonly string[] OfStepSizes = ["min", "mean", "max"];

    /// <summary>The names of the columns of the figures.</summary>
    public static IEnumerable<string> Columns(IExperiment experiment) =>
    [
        Loss, Kl, GradientNorm,
        .. experiment.Columns.OuterStep.Select(figure => figure.Column),
        .. OfStepSizes.Select(ColumnOf),
        Accepted,
    ];

    /// <exception cref="TrainingException">The loss or the meta-parameters are not finite.</exception>
    public static IEnumerable<Metric> Of(OuterStep step, IExperiment experiment)
    {
        RequireFinite(step.LossBefore, "an outer loss");
        double[] numbers = ReadNumbers(Summary(step.Meta, experiment.Layout));
        RequireFinite(numbers[0], "a meta-parameter");
        double FigureIn(string column) => step.Figures.GetValueOrDefault(column, double.NaN);
        double StepSize(int i) => numbers.Length > 1 ? numbers[1 + i] : double.NaN;
        return
        [
            new(Loss, "outer/loss", step.LossBefore),
            new(Kl, "outer/kl", step.Divergence),
            new(GradientNorm, "outer/gradient_norm", step.GradientNorm),
            .. experiment.Columns.OuterStep.Select(figure => new Metric(figure.Column, figure.Tag, FigureIn(figure.Column))),
            .. OfStepSizes.Select((name, i) => new Metric(ColumnOf(name), $"step_size/{name}", StepSize(i))),
            new(Accepted, null, step.Accepted ? 1 : 0),
        ];
    }

    private static string ColumnOf(string statistic) => $"step_size_{statistic}";

    /// <summary>
    /// The sum of the meta-parameters, which is finite only where all of them are, and the smallest, mean and largest of learned
    /// step sizes.
    /// </summary>
    private static Tensor[] Summary(Tensor meta, MetaLayout layout)
    {
        Tensor sum = meta.sum();
        if (!layout.Has(StepSizes.BlockName)) return [sum];
        Tensor sizes = layout.Block(meta, StepSizes.BlockName);
        return [sum, sizes.min(), sizes.mean(), sizes.max()];
    }

    private static void RequireFinite(double value, string what)
    {
        if (double.IsFinite(value)) return;
        throw new TrainingException($"The outer step gave {what} that is not finite; lower the learning rates.");
    }
}
