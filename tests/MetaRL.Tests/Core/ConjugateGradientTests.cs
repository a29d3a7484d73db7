using MathNet.Numerics.LinearAlgebra;

namespace MamlRobotics.MetaRL.Tests;

public class ConjugateGradientTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public void As_many_iterations_as_unknowns_solve_a_positive_definite_system(int size)
    {
        Envs.RandomStream stream = Envs.RandomStream.FromSeed(size);
        Matrix<double> root = Matrix<double>.Build.Dense(size, size, (i, j) => stream.Uniform(i * size + j) - 0.5);
        Matrix<double> a = root * root.Transpose() + Matrix<double>.Build.DenseIdentity(size);
        Vector<double> b = Vector<double>.Build.Dense(size, i => Math.Sin(i + 1));
        using Tensor matrix = tensor(a.ToRowMajorArray(), [size, size]), right = tensor(b.ToArray());
        using DisposeScope scope = NewDisposeScope();
        (Tensor solution, Tensor image) = ConjugateGradient.Solve(matrix.mv, right, iterations: size, tolerance: 0);
        Vector<double> error = Vector<double>.Build.Dense(solution.data<double>().ToArray()) - a.Solve(b);
        Assert.True(error.L2Norm() < 1e-10, $"error {error.L2Norm()}");
        Assert.True((matrix.mv(solution) - image).norm().ReadNumber() < 1e-10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void Equal_eigenvalues_take_one_iteration_and_further_ones_change_nothing(int iterations)
    {
        using Tensor right = tensor(new[] { 1.0, -2.0, 3.0 });
        using DisposeScope scope = NewDisposeScope();
        (Tensor solution, Tensor image) = ConjugateGradient.Solve(v => v.mul(Number(4)), right, iterations);
        Assert.Equal([0.25, -0.5, 0.75], solution.data<double>().ToArray());
        Assert.Equal([1, -2, 3], image.data<double>().ToArray());
    }

    [Theory]
    [InlineData(1e-10)]
    [InlineData(0)]
    public void Without_a_right_side_the_solution_is_zero(double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor solution = ConjugateGradient.Solve(v => v.mul(Number(4)), zeros(2, float64), iterations: 3, tolerance).X;
        Assert.Equal([0, 0], solution.data<double>().ToArray());
    }
}
