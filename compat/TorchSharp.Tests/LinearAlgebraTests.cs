// Products and solvers against answers worked by hand.
namespace TorchSharp.Compat.Tests;

public class LinearAlgebraTests
{
    private static Tensor Spd() => tensor(new[,] { { 4.0, 2.0 }, { 2.0, 3.0 } });

    [Fact]
    public void Solvers_solve()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = Spd(), b = tensor(new[,] { { 2.0 }, { 1.0 } });
        Assert.True(a.mm(linalg.solve(a, b)).allclose(b));
        Assert.True(a.mm(linalg.inv(a)).allclose(eye(2, dtype: float64)));
        Assert.True(a.mm(linalg.lstsq(a, b).Solution).allclose(b));
        Tensor lower = linalg.cholesky(a);
        Assert.True(lower.mm(lower.mT).allclose(a));
        Assert.True(lower.mm(linalg.solve_triangular(lower, b, upper: false)).allclose(b));
        Assert.Equal(0, linalg.cholesky_ex(a).info.ToInt32());
        Assert.NotEqual(0, linalg.cholesky_ex(-a).info.ToInt32());

        // Trace 7 and determinant 8: the eigenvalues are (7 -+ sqrt(17)) / 2.
        double[] values = linalg.eigvalsh(a).data<double>().ToArray();
        Assert.Equal((7 - Math.Sqrt(17)) / 2, values[0], 1e-12);
        Assert.Equal((7 + Math.Sqrt(17)) / 2, values[1], 1e-12);
    }

    [Fact]
    public void Norms_agree_with_the_definition()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[,] { { 3.0, 4.0 }, { 0.0, 0.0 } });
        Assert.Equal([5.0, 5, 5, 5], new[] { x.norm(), linalg.norm(x), linalg.norm(x, "fro"), linalg.vector_norm(x) }.Select(t => t.ToDouble()));
        Assert.Equal(7, linalg.vector_norm(x, 1).ToDouble());
        Assert.Equal([5.0, 0.0], x.norm(1).data<double>().ToArray());
        Assert.Equal([7.0, 0.0], linalg.norm(x, 1, dims: [1]).data<double>().ToArray());
    }

    [Fact]
    public void Batched_products_are_the_products_of_the_batches()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = randn([3, 2, 4], float64), b = randn([3, 4, 5], float64), c = randn([3, 1, 5], float64);
        Tensor expected = stack([.. Enumerable.Range(0, 3).Select(i => a[i].mm(b[i]) + c[i])]);
        Assert.True((bmm(a, b) + c).allclose(expected));
        Assert.True((einsum("nij,njk->nik", a, b) + c).allclose(expected));
        Assert.True(nn.functional.linear(a[0], b[0].t(), c[0, 0]).allclose(expected[0]));
    }
}
