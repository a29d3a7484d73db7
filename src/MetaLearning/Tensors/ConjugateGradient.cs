namespace MamlRobotics.MetaLearning;

/// <summary>An approximate solution of A x = b.</summary>
/// <param name="X">[Q]</param>
/// <param name="Image">A x, [Q], which the iterations give without a further product</param>
public sealed record LinearSolution(Tensor X, Tensor Image) : ITensorHolder
{
    public IEnumerable<Tensor> Tensors => [X, Image];
}

/// <summary>Conjugate gradients for a symmetric positive definite operator. Hestenes and Stiefel 1952.</summary>
public static class ConjugateGradient
{
    /// <summary>Approximates the solution x of A x = b, starting from zero.</summary>
    /// <param name="product">Computes A v from v, both [Q]</param>
    /// <param name="b">[Q]</param>
    /// <param name="tolerance">Once the squared norm of the residual is at most this, steps are zero.</param>
    public static LinearSolution Solve(
        Func<Tensor, Tensor> product, Tensor b, int iterations, double tolerance = 1e-10) => TensorScope.Run(() =>
    {
        Tensor x = zeros_like(b), residual = b.clone(), direction = b.clone(), squared = residual.dot(residual);
        for (int i = 0; i < iterations; i++)
        {
            Tensor image = TensorScope.Run(() => product(direction));
            // Leaving the loop would need a number from the device and wait for it, so further steps are zero instead.
            Tensor goesOn = squared.gt(Number(tolerance)), zero = zeros_like(squared);
            Tensor step = where(goesOn, squared / direction.dot(image), zero);
            x.Accumulate(direction * step);
            residual.sub_(image * step);
            Tensor next = residual.dot(residual);
            direction = residual.Plus(direction * where(goesOn, next / squared, zero));
            squared = next;
        }
        return new LinearSolution(x, b - residual);
    });

    /// <summary>
    /// Approximates the solutions of A x = b for many symmetric operators at once, one for each row. The steps of a row are zero from
    /// the first direction on along which its operator has no positive curvature. Where that is the first direction, x is b.
    /// </summary>
    /// <param name="product">Computes A v from v for each row, both [N, Q]</param>
    /// <param name="b">[N, Q]</param>
    /// <param name="tolerance">As in <see cref="Solve"/>, for each row by itself</param>
    /// <returns>[N, Q]</returns>
    public static Tensor SolveRows(
        Func<Tensor, Tensor> product, Tensor b, int iterations, double tolerance = 1e-10) => TensorScope.Run(() =>
    {
        Tensor x = zeros_like(b), residual = b.clone(), direction = b.clone(), squared = RowProduct(residual, residual);
        Tensor zero = zeros_like(squared), goesOn = squared.gt(Number(tolerance));
        for (int i = 0; i < iterations; i++)
        {
            Tensor image = TensorScope.Run(() => product(direction)), curvature = RowProduct(direction, image);
            goesOn = goesOn.logical_and(curvature.gt(Number(0)));
            Tensor step = where(goesOn, squared / curvature, i == 0 ? ones_like(squared) : zero);
            x.Accumulate(direction * step);
            residual.sub_(image * step);
            Tensor next = RowProduct(residual, residual);
            direction = residual.Plus(direction * where(goesOn, next / squared, zero));
            goesOn = goesOn.logical_and(next.gt(Number(tolerance)));
            squared = next;
        }
        return x;
    });

    private static Tensor RowProduct(Tensor left, Tensor right) => (left * right).sum(1, keepdim: true);
}
