using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The linear feature baseline of rllab (Duan et al. 2016, arXiv 1604.06778): ridge regression of the return on
/// (o, o^2, t, t^2, t^3, 1). For each task it is fitted to the same batch that it then predicts. Observations are
/// clipped, and t is the time within the episode over 100, both as in rllab's LinearFeatureBaseline.
/// </summary>
public static class LinearFeatureBaseline
{
    private const float ObservationBound = 10;
    private const double TimeScale = 100;
    private const double Ridge = 1e-5;
    private const int Retries = 5;

    /// <summary>The number of features of a state.</summary>
    public static int FeatureCount(int observationSize) => 2 * observationSize + 4;

    /// <summary>Computes the features of one state.</summary>
    /// <param name="observation">[obs]</param>
    /// <param name="time">The number of steps since the start of the episode</param>
    /// <param name="features">[FeatureCount], which this method writes</param>
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

    /// <summary>Ridge regression, in which the penalty grows tenfold as long as the solution is not finite.</summary>
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
                double value = row[i];
                right[i] += value * returns[sample];
                // The matrix is symmetric, so only one half is summed and later copied to the other.
                Span<double> products = normal.AsSpan(i * count, i + 1);
                for (int j = 0; j < products.Length; j++) products[j] += value * row[j];
            }
        }
        for (int i = 0; i < count; i++)
            for (int j = 0; j < i; j++) normal[j * count + i] = normal[i * count + j];
        var matrix = new DenseMatrix(count, count, normal);
        double ridge = Ridge;
        for (int attempt = 0; attempt < Retries; attempt++, ridge *= 10)
        {
            Matrix<double> regularised = matrix.Add(DenseMatrix.CreateDiagonal(count, count, ridge));
            double[] solution = [.. regularised.LU().Solve(Vector<double>.Build.Dense(right))];
            if (solution.All(double.IsFinite)) return solution;
        }
        return new double[count];
    }

    /// <summary>1 - Var(returns - values) / Var(returns); not a number where the returns do not vary.</summary>
    public static double ExplainedVariance(ReadOnlySpan<double> returns, ReadOnlySpan<double> values)
    {
        var residuals = new double[returns.Length];
        for (int i = 0; i < residuals.Length; i++) residuals[i] = returns[i] - values[i];
        double variance = SumOfSquares(returns);
        return variance > 0 ? 1 - SumOfSquares(residuals) / variance : double.NaN;
    }

    /// <summary>The sum of the squared differences from the mean.</summary>
    private static double SumOfSquares(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        foreach (double value in values) mean += value / values.Length;
        foreach (double value in values) squares += (value - mean) * (value - mean);
        return squares;
    }

    /// <summary>For every task: 1 - Var(returns - values) / Var(returns); not finite where the returns do not vary.</summary>
    /// <param name="returns">[N, B, T], zero at steps that are not live, like the values</param>
    /// <param name="live">[N, B, T], one at live steps, zero at others</param>
    /// <returns>[N]</returns>
    public static Tensor ExplainedVariance(Tensor returns, Tensor values, Tensor live)
    {
        Tensor SumOfSquares(Tensor from)
        {
            Tensor mean = from.sum([1, 2], keepdim: true) / live.sum([1, 2], keepdim: true);
            return ((from - mean) * live).Square().sum([1, 2]);
        }
        return (SumOfSquares(returns - values) / SumOfSquares(returns)).neg().Plus(1.0);
    }

    /// <summary>Computes the features of the states of whole episodes, in double precision.</summary>
    /// <param name="observations">[N, B, T, obs]; index t is t steps after the start of the episode</param>
    /// <returns>[N, B, T, FeatureCount]</returns>
    public static Tensor Features(Tensor observations)
    {
        long[] shape = observations.shape;
        Tensor clipped = observations.to(float64).clamp(Number(-ObservationBound), Number(ObservationBound));
        Tensor t = (Indices(shape[2], float64, observations.device) / Number(TimeScale))
            .view(1, 1, shape[2], 1).expand(shape[0], shape[1], shape[2], 1);
        return cat([clipped, clipped.Square(), t, t.Square(), t.pow(Number(3)), ones_like(t)], dim: 3);
    }

    /// <summary>Ridge regression for every task; rows of zeros do not change the result.</summary>
    /// <param name="features">[N, samples, FeatureCount], in double precision</param>
    /// <param name="returns">[N, samples], zero where the row of features is</param>
    /// <returns>[N, FeatureCount, 1]</returns>
    public static Tensor Fit(Tensor features, Tensor returns)
    {
        (Tensor factor, Tensor failure) = Factor(features.mT.bmm(features));
        Tensor right = features.mT.bmm(returns.unsqueeze(2));
        Tensor solution = linalg.solve_triangular(factor.mT, linalg.solve_triangular(factor, right, upper: false), upper: true);
        return where(failure.ne(Number(0)).view(-1, 1, 1), zeros_like(solution), solution);
    }

    // The operators for a Cholesky decomposition and for solving that check their results would wait for the device.
    private static (Tensor Factor, Tensor Failure) Factor(Tensor normal)
    {
        Tensor penalty = eye(normal.shape[1], dtype: float64, device: normal.device);
        double ridge = Ridge;
        (Tensor factor, Tensor failure) = linalg.cholesky_ex(normal.Plus(penalty * Number(ridge)));
        for (int attempt = 1; attempt < Retries; attempt++)
        {
            ridge *= 10;
            (Tensor next, Tensor nextFailure) = linalg.cholesky_ex(normal.Plus(penalty * Number(ridge)));
            factor = where(failure.ne(Number(0)).view(-1, 1, 1), next, factor);
            failure = where(failure.ne(Number(0)), nextFailure, failure);
        }
        return (factor, failure);
    }
}
