using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The linear feature baseline of rllab (Duan et al. 2016, arXiv 1604.06778): ridge regression of the return on
/// (o, o^2, t, t^2, t^3, 1), refitted for each task on the very batch that it then predicts. Observations are
/// clipped and t is the time within the episode over 100, both as in rllab's LinearFeatureBaseline.
/// </summary>
public static class LinearFeatureBaseline
{
    private const float ObservationBound = 10;
    private const double TimeScale = 100;
    private const double Ridge = 1e-5;
    private const int Retries = 5;

    /// <summary>Number of features of a state.</summary>
    public static int FeatureCount(int observationSize) => 2 * observationSize + 4;

    /// <summary>The features of one state.</summary>
    /// <param name="observation">[obs]</param>
    /// <param name="time">Steps since the start of the episode</param>
    /// <param name="features">[FeatureCount] to write</param>
    public static void Features(ReadOnlySpan<float> observation, int time, Span<double> features)
    {
        int size = observation.Length;
        for (int i = 0; i < size; i++)
        {
            double clipped = Math.Clamp(observation[i], -ObservationBound, ObservationBound);
            features[i] = clipped;
            features[size + i] = clipped * clipped;
        }
        double t = time / TimeScale;
        features[2 * size] = t;
        features[2 * size + 1] = t * t;
        features[2 * size + 2] = t * t * t;
        features[2 * size + 3] = 1;
    }

    /// <summary>Ridge regression, the penalty raised tenfold as long as the solution is not finite.</summary>
    /// <param name="features">[samples, FeatureCount], row by row</param>
    /// <param name="returns">[samples]</param>
    /// <returns>[FeatureCount]</returns>
    public static double[] Fit(ReadOnlySpan<double> features, ReadOnlySpan<double> returns)
    {
        int count = features.Length / returns.Length;
        var normal = new double[count * count];
        var right = new double[count];
        for (int sample = 0; sample < returns.Length; sample++)
        {
            ReadOnlySpan<double> row = features.Slice(sample * count, count);
            for (int i = 0; i < count; i++)
            {
                right[i] += row[i] * returns[sample];
                for (int j = 0; j < count; j++) normal[i * count + j] += row[i] * row[j];
            }
        }
        var matrix = new DenseMatrix(count, count, normal);
        double ridge = Ridge;
        for (int attempt = 0; attempt < Retries; attempt++, ridge *= 10)
        {
            double[] solution = [.. matrix.Add(DenseMatrix.CreateDiagonal(count, count, ridge)).LU().Solve(Vector<double>.Build.Dense(right))];
            if (solution.All(double.IsFinite)) return solution;
        }
        return new double[count];
    }
}
