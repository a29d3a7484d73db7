namespace MamlRobotics.FewShot;

/// <summary>The curves of a network while it adapts to some points of one function.</summary>
/// <param name="Points">The support points</param>
/// <param name="Inputs">The inputs at which the curves are computed, in rising order</param>
/// <param name="Curves">[K + 1], the outputs of the network at these inputs after 0 to K gradient steps</param>
/// <param name="Errors">[K + 1], the mean squared errors at the support points</param>
public sealed record CurveAdaptation(
    IReadOnlyList<(float X, float Y)> Points, IReadOnlyList<float> Inputs, IReadOnlyList<float[]> Curves, IReadOnlyList<double> Errors)
{
    /// <summary>The values of the function at the inputs; null where a user has chosen the points.</summary>
    public IReadOnlyList<float>? Target { get; init; }

    /// <summary>The mean squared errors over the whole range; null where the function is not known. [K + 1]</summary>
    public IReadOnlyList<double>? Losses => Target is null ? null
        : [.. Curves.Select(curve => curve.Zip(Target, (value, target) => Math.Pow(value - target, 2)).Average())];
}

/// <summary>Adapts a trained network to points, for pictures and for the live view.</summary>
public sealed class CurveAdapter : IDisposable
{
    // This is enough for a smooth line.
    private const int InputCount = 201;

    private readonly SinusoidExperiment experiment;
    private readonly Tensor meta;

    public CurveAdapter(Checkpoint checkpoint, SinusoidConfig config)
    {
        experiment = config.CreateExperiment(CPU, threads: 1);
        meta = checkpoint.Meta(CPU);
        Label = Choices.Of(config.Algorithm).Label;
        Shots = config.Shots;
    }

    /// <summary>The label of the learner.</summary>
    public string Label { get; }

    /// <summary>The number of support points in training.</summary>
    public int Shots { get; }

    private static float[] Inputs { get; } =
        [.. Enumerable.Range(0, InputCount).Select(i => (float)(SinusoidTasks.LowestInput
            + (SinusoidTasks.HighestInput - SinusoidTasks.LowestInput) * i / (InputCount - 1)))];

    /// <summary>Adapts to points of a known function.</summary>
    /// <param name="points">Random points of the function</param>
    public CurveAdaptation Adapt(SinusoidTasks function, RegressionSamples points, int steps)
    {
        (float, float)[] support = [.. points.Inputs.data<float>().Zip(points.Targets.data<float>())];
        return WithTarget(Adapt(support, steps), function);
    }

    /// <summary>Adds the function from which the points come to an adaptation.</summary>
    public CurveAdaptation WithTarget(CurveAdaptation adaptation, SinusoidTasks function) =>
        adaptation with { Target = [.. adaptation.Inputs.Select(input => (float)function.Value(0, input))] };

    /// <summary>Adapts to chosen points.</summary>
    /// <param name="points">At least one point</param>
    public CurveAdaptation Adapt(IReadOnlyList<(float X, float Y)> points, int steps) => TensorScope.Free(() =>
    {
        RegressionSamples support = Samples([.. points.Select(point => point.X)], [.. points.Select(point => point.Y)]);
        RegressionSamples everywhere = Samples(Inputs, Inputs);
        var curves = new List<float[]>();
        var errors = new List<double>();
        experiment.Adapt(meta, support, steps, (_, parameters) =>
        {
            curves.Add([.. experiment.Outputs(parameters, everywhere).data<float>()]);
            Tensor fit = experiment.Outputs(parameters, support);
            errors.Add((fit - support.Targets).Square().mean().ReadNumber());
        });
        return new CurveAdaptation([.. points], Inputs, curves, errors);
    });

    public void Dispose()
    {
        meta.Dispose();
        experiment.Dispose();
    }

    private static RegressionSamples Samples(float[] inputs, float[] targets) =>
        new(inputs.CopyToTensor([1, inputs.Length, 1]), targets.CopyToTensor([1, targets.Length, 1]));
}
