using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>
/// Sinusoids y = a sin(x - p) with amplitude a in [0.1, 5] and phase p in [0, pi], at x in [-5, 5]. Finn, Abbeel and Levine 2017,
/// section 5.1, arXiv 1703.03400.
/// </summary>
/// <param name="Amplitudes">[N]</param>
/// <param name="Phases">[N], radians</param>
public sealed record SinusoidTasks(IReadOnlyList<double> Amplitudes, IReadOnlyList<double> Phases)
{
    /// <summary>The bounds of the inputs.</summary>
    public const double LowestInput = -5, HighestInput = 5;

    /// <summary>The number of points of a task in the published figures.</summary>
    public const int PublishedShots = 5;

    private const double LowestAmplitude = 0.1, HighestAmplitude = 5;

    /// <summary>The mean squared error that the paper reports with five points, for each number of gradient steps.</summary>
    public static IReadOnlyDictionary<int, double> PublishedLosses { get; } =
        new Dictionary<int, double> { [1] = 0.67, [5] = 0.38, [10] = 0.35 };

    /// <summary>N, the number of tasks.</summary>
    public int Count => Amplitudes.Count;

    public static SinusoidTasks Draw(RandomStream stream, int count) => new(
        [.. Enumerable.Range(0, count).Select(n => Between(LowestAmplitude, HighestAmplitude, stream.Stream("amplitude").Uniform(n)))],
        [.. Enumerable.Range(0, count).Select(n => Math.PI * stream.Stream("phase").Uniform(n))]);

    /// <summary>The amplitude and phase of a task with their names.</summary>
    public string Describe(int task) => FormattableString.Invariant($"amplitude {Amplitudes[task]:G6}, phase {Phases[task]:G6}");

    /// <summary>The value of a task's function.</summary>
    public double Value(int task, double input) => Amplitudes[task] * Math.Sin(input - Phases[task]);

    /// <summary>Draws points at random inputs. Point m of a task does not depend on the number of points.</summary>
    public RegressionSamples Sample(RandomStream stream, int points, Device device)
    {
        var inputs = new float[Count * points];
        for (int task = 0; task < Count; task++)
        {
            RandomStream own = stream.Stream("task", task);
            for (int m = 0; m < points; m++) inputs[task * points + m] = (float)Between(LowestInput, HighestInput, own.Uniform(m));
        }
        return At(inputs, device);
    }

    /// <summary>The points of every task at given inputs.</summary>
    /// <param name="inputs">[N, M] in the order of memory</param>
    public RegressionSamples At(float[] inputs, Device device)
    {
        int points = inputs.Length / Count;
        float[] targets = [.. inputs.Select((input, i) => (float)Value(i / points, input))];
        long[] shape = [Count, points, 1];
        return new RegressionSamples(inputs.CopyToTensor(shape, device), targets.CopyToTensor(shape, device));
    }

    private static double Between(double low, double high, double share) => low + (high - low) * share;
}
