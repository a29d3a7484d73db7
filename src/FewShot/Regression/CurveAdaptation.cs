namespace MamlRobotics.FewShot;

/// <summary>How a network adapts to some points of one function.</summary>
/// <param name="Points">The support points</param>
/// <param name="Inputs">Where the curves are known, rising</param>
/// <param name="Curves">[K + 1], the network's outputs there after 0 to K gradient steps</param>
/// <param name="Errors">[K + 1], mean squared errors at the support points</param>
public sealed record CurveAdaptation(
    IReadOnlyList<(float X, float Y)> Points, IReadOnlyList<float> Inputs, IReadOnlyList<float[]> Curves, IReadOnlyList<double> Errors)
{
    /// <summary>The function itself at the inputs; null where the points are a user's own.</summary>
    public IReadOnlyList<float>? Target { get; init; }

    /// <summary>Mean squared errors over the whole range, where the function is known. [K + 1]</summary>
    public IReadOnlyList<double>? Losses => Target is null ? null
        : [.. Curves.Select(curve => curve.Zip(Target, (value, target) => Math.Pow(value - target, 2)).Average())];
}

/// <summary>Adapts a trained network to points, for pictures and for the live view.</summary>
public sealed class CurveAdapter : IDisposable
{
    // Enough for a smooth line.
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

    /// <summary>Of the learner.</summary>
    public string Label { get; }

    /// <summary>Points that it was trained on.</summary>
    public int Shots { get; }

    private static float[] Inputs { get; } =
        [.. Enumerable.Range(0, InputCount).Select(i => (float)(SinusoidTasks.LowestInput
            + (SinusoidTasks.HighestInput - SinusoidTasks.LowestInput) * i / (InputCount - 1)))];

    /// <summary>Adapts to a function that is known.</summary>
    /// <param name="points">Of it, random ones</param>
    public CurveAdaptation Adapt(SinusoidTasks function, RegressionSamples points, int steps)
    {
        (float, float)[] support = [.. points.Inputs.data<float>().Zip(points.Targets.data<float>())];
        return WithTarget(Adapt(support, steps), function);
    }

    /// <summary>The same beside the function that the points are of.</summary>
    public CurveAdaptation WithTarget(CurveAdaptation adaptation, SinusoidTasks function) =>
        adaptation with { Target = [.. adaptation.Inputs.Select(input => (float)function.Value(0, input))] };

    /// <param name="points">At least one</param>
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
        new(tensor(inputs, [1, inputs.Length, 1]), tensor(targets, [1, targets.Length, 1]));
}
