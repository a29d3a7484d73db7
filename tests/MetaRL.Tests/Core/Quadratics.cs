using MamlRobotics.Policies;
using MathNet.Numerics.LinearAlgebra;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Tasks whose loss is 1/2 (phi - c)' A (phi - c), on support and query data alike.</summary>
/// <param name="Curvatures">A, [N, S, S]</param>
/// <param name="Centres">c, [N, S]</param>
internal sealed record QuadraticSamples(Tensor Curvatures, Tensor Centres) : ITaskSamples<QuadraticSamples>
{
    public long TaskCount => Centres.shape[0];

    public long SampleCount => 1;

    public IEnumerable<Tensor> Tensors => [Curvatures, Centres];

    public QuadraticSamples Tasks(long first, long count) => new(Curvatures.narrow(0, first, count), Centres.narrow(0, first, count));

    public QuadraticSamples Thinned(int stride) => this;
}

/// <summary>The parameters themselves are the model.</summary>
internal sealed class QuadraticModel(int size) : ITaskModel<QuadraticSamples>
{
    public int WidestLayer => size;

    public int Units => size;

    public ITaskLosses Forward(Tensor meta, Tensor parameters, QuadraticSamples samples) => new Losses(parameters, samples);

    private sealed record Losses(Tensor Parameters, QuadraticSamples Samples) : ITaskLosses
    {
        public IEnumerable<(string Name, Tensor Value)> Figures => [];

        public Tensor Inner(int step) => Outer();

        public Tensor Outer()
        {
            Tensor offset = (Parameters - Samples.Centres).unsqueeze(2);
            return (offset * Samples.Curvatures.bmm(offset)).sum([1, 2]) * Number(0.5);
        }

        public Tensor? Divergence() => null;
    }
}

/// <summary>A few quadratic tasks, and what recipes make of them; everything has a closed form.</summary>
internal static class Quadratics
{
    public const int Dimensions = 3, TaskCount = 4;

    public static IReadOnlyList<Matrix<double>> Curvatures { get; } = [.. Enumerable.Range(0, TaskCount).Select(Curvature)];

    public static IReadOnlyList<Vector<double>> Centres { get; } = [.. Enumerable.Range(0, TaskCount).Select(n => Numbers(100 + n))];

    public static Vector<double> Theta { get; } = Numbers(7);

    /// <summary>Two blocks of the parameters, of which the second is the head.</summary>
    public static ParameterLayout Blocks { get; } = new([("body.weight", [1, 2]), ("head.weight", [1, 1])]);

    /// <summary>The support data of every step and the query data, the same.</summary>
    public static QuadraticSamples[] Batches(int steps)
    {
        Tensor curvatures = stack([.. Curvatures.Select(a => tensor(a.ToRowMajorArray(), [Dimensions, Dimensions]))]);
        Tensor centres = stack([.. Centres.Select(c => tensor(c.ToArray()))]);
        return [.. Enumerable.Repeat(new QuadraticSamples(curvatures, centres), steps + 1)];
    }

    /// <summary>The outer gradient of a recipe.</summary>
    /// <param name="meta">[Q]; theta alone stands for the start of everything else</param>
    /// <param name="model">By default the parameters themselves</param>
    public static Vector<double> MetaGradient(
        Recipe recipe, IReadOnlyList<double> rates, int steps, Vector<double>? meta = null, double progress = 0, ContextModel? model = null)
    {
        using DisposeScope scope = NewDisposeScope();
        (Composition composition, MetaObjective<QuadraticSamples> objective) = Compose(recipe, rates, steps, progress, model);
        Tensor flat = Flat(objective.Adaptation.Layout, meta ?? Theta);
        return Read(composition.Gradient.Differentiate(objective, flat, Batches(steps)).Gradient);
    }

    /// <summary>A recipe's parts, and its objective once that share of the training is done.</summary>
    public static (Composition Composition, MetaObjective<QuadraticSamples> Objective) Compose(
        Recipe recipe, IReadOnlyList<double> rates, int steps, double progress = 0, ContextModel? model = null)
    {
        Composition composition = recipe.Compose(new RecipeSetting(model?.Layout ?? Blocks, rates, steps, CPU));
        MetaStage stage = composition.StageAt?.Invoke(progress) ?? composition.Stage;
        ITaskModel<QuadraticSamples> adapting = (ITaskModel<QuadraticSamples>?)model ?? new QuadraticModel(Dimensions);
        return (composition, new(adapting, stage.Adaptation, stage.StepWeights) { Penalty = composition.Penalty });
    }

    /// <summary>Meta-parameters in double precision, all but those given as training starts with them. [Q]</summary>
    public static Tensor Flat(MetaLayout layout, Vector<double> given) =>
        tensor([.. given, .. layout.Start(new float[layout.ParameterCount]).Skip(given.Count).Select(value => (double)value)]);

    public static Vector<double> Read(Tensor values) => Vector<double>.Build.Dense(values.data<double>().ToArray());

    /// <summary>The parameters of task n after some plain gradient steps from theta.</summary>
    public static Vector<double> Adapted(int n, double alpha, int steps)
    {
        Vector<double> phi = Theta;
        for (int step = 0; step < steps; step++) phi -= alpha * Curvatures[n] * (phi - Centres[n]);
        return phi;
    }

    public static Vector<double> Mean(Func<int, Vector<double>> value) =>
        Enumerable.Range(0, TaskCount).Select(value).Aggregate((left, right) => left + right) / TaskCount;

    public static Vector<double> Numbers(int seed) =>
        Vector<double>.Build.Dense(Dimensions, i => 2 * Envs.RandomStream.FromSeed(seed).Uniform(i) - 1);

    public static void AssertClose(Vector<double> expected, Vector<double> actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.True((expected - actual).L2Norm() <= tolerance * expected.L2Norm(), $"expected {expected} but got {actual}");
    }

    private static Matrix<double> Curvature(int n)
    {
        Matrix<double> root = Matrix<double>.Build.DenseOfColumnVectors(Numbers(10 * n), Numbers(10 * n + 1), Numbers(10 * n + 2));
        return root * root.Transpose();
    }
}
