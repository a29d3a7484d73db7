namespace MamlRobotics.MetaLearning;

/// <summary>An approximate solution of A x = b.</summary>
/// <param name="X">[Q]</param>
/// <param name="Image">A x, [Q], which the iterations give without another product</param>
public sealed record LinearSolution(Tensor X, Tensor Image) : ITensorHolder
{
    public IEnumerable<Tensor> Tensors => [X, Image];
}

/// <summary>Conjugate gradients for a symmetric positive definite operator. Hestenes and Stiefel 1952.</summary>
public static class ConjugateGradient
{
    /// <summary>Approximates the solution x of A x = b, starting from zero.</summary>
    /// <param name="product">v to A v, both [Q]</param>
    /// <param name="b">[Q]</param>
    /// <param name="tolerance">Takes no further step once the squared norm of the residual is no more than this.</param>
    public static LinearSolution Solve(Func<Tensor, Tensor> product, Tensor b, int iterations, double tolerance = 1e-10) => TensorScope.Run(() =>
    {
        Tensor x = zeros_like(b), residual = b.clone(), direction = b.clone(), squared = residual.dot(residual);
        for (int i = 0; i < iterations; i++)
        {
            Tensor image = TensorScope.Run(() => product(direction));
            // To look whether to stop would wait for the device: from then on steps are zero.
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
}
