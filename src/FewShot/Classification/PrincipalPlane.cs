using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Vector2 = System.Numerics.Vector2;

namespace MamlRobotics.FewShot;

/// <summary>The plane through points of many dimensions in which they vary most: their first two principal components.</summary>
public sealed class PrincipalPlane
{
    // The time grows with the cube of this.
    private const int MostPoints = 400;

    private readonly Vector<double> mean;
    private readonly Vector<double>[] axes;

    /// <param name="points">At least one point; of many points an even part decides</param>
    public PrincipalPlane(IReadOnlyList<float[]> points)
    {
        int every = 1 + points.Count / MostPoints;
        Matrix<double> rows = Matrix<double>.Build.DenseOfRows(
            points.Where((_, index) => index % every == 0).Select(point => point.Select(value => (double)value)));
        mean = rows.ColumnSums() / rows.RowCount;
        Matrix<double> centred = Matrix<double>.Build.Dense(rows.RowCount, rows.ColumnCount, (i, j) => rows[i, j] - mean[j]);
        // There are fewer points than dimensions, so the products of points are fewer than those of dimensions. Eigenvalues rise.
        Evd<double> products = (centred * centred.Transpose()).Evd(Symmetricity.Symmetric);
        double[] variances = [.. products.EigenValues.Select(value => Math.Max(0, value.Real)).Reverse()];
        double total = Math.Max(variances.Sum(), double.Epsilon);
        axes = [.. Enumerable.Range(0, 2).Select(axis =>
            Axis(centred, products.EigenVectors, axis, variances.ElementAtOrDefault(axis), least: 1e-12 * total))];
        Shares = [.. Enumerable.Range(0, 2).Select(axis => variances.ElementAtOrDefault(axis) / total)];
    }

    /// <summary>The share of the whole variance along each of the two axes.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>The place of a point in the plane.</summary>
    public Vector2 Place(float[] point)
    {
        Vector<double> offset = Vector<double>.Build.Dense(point.Length, i => point[i] - mean[i]);
        return new((float)(offset * axes[0]), (float)(offset * axes[1]));
    }

    /// <summary>An axis of length one; zero where the points do not vary along it.</summary>
    private static Vector<double> Axis(Matrix<double> centred, Matrix<double> vectors, int axis, double variance, double least)
    {
        if (variance <= least) return Vector<double>.Build.Dense(centred.ColumnCount);
        Vector<double> coordinates = vectors.Column(vectors.ColumnCount - 1 - axis);
        // The sign of an eigenvector is arbitrary; the first point is put on the right and above.
        return centred.TransposeThisAndMultiply(coordinates) * ((coordinates[0] < 0 ? -1 : 1) / Math.Sqrt(variance));
    }
}
