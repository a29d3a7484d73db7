namespace MamlRobotics.MetaRL;

/// <summary>What tells a healthy training from a sick one, of one iteration; not a number where there is no such figure.</summary>
/// <param name="GradientNorm">Euclidean norm of the outer gradient at the meta-parameters that sampled, before any scaling</param>
/// <param name="ClipFraction">Share of the query samples whose probability ratio is beyond the clip after the outer step</param>
/// <param name="ExplainedVariance">
/// Share of the variance of discounted returns that the baseline predicts, on the batch that it was fitted to: 1 for a perfect
/// baseline, 0 for a constant one. Mean over tasks and batches
/// </param>
/// <param name="StepSizeMin">Of the learned step sizes</param>
/// <param name="StepSizeMean">Of the learned step sizes</param>
/// <param name="StepSizeMax">Of the learned step sizes</param>
public sealed record TrainingDiagnostics(
    double GradientNorm, double ClipFraction, double ExplainedVariance, double StepSizeMin, double StepSizeMean, double StepSizeMax)
{
    /// <summary>The names of the figures in metrics.csv.</summary>
    public static IEnumerable<string> Columns => new TrainingDiagnostics(0, 0, 0, 0, 0, 0).Figures.Select(figure => figure.Column);

    /// <summary>Every figure with its name in metrics.csv and in TensorBoard.</summary>
    public IEnumerable<(string Column, string Tag, double Value)> Figures =>
    [
        ("gradient_norm", "outer/gradient_norm", GradientNorm),
        ("clip_fraction", "outer/clip_fraction", ClipFraction),
        ("explained_variance", "baseline/explained_variance", ExplainedVariance),
        ("step_size_min", "step_size/min", StepSizeMin),
        ("step_size_mean", "step_size/mean", StepSizeMean),
        ("step_size_max", "step_size/max", StepSizeMax),
    ];
}
