namespace MamlRobotics.MetaRL;

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
    /// <param name="tolerance">Stops once the squared norm of the residual is below it.</param>
    public static LinearSolution Solve(Func<Tensor, Tensor> product, Tensor b, int iterations, double tolerance = 1e-10) => TensorScope.Run(() =>
    {
        Tensor x = zeros_like(b), residual = b.clone(), direction = b.clone();
        double squared = residual.dot(residual).ToDouble();
        for (int i = 0; i < iterations && squared >= tolerance; i++)
        {
            Tensor image = TensorScope.Run(() => product(direction));
            double step = squared / direction.dot(image).ToDouble();
            x.add_(direction, alpha: step);
            residual.add_(image, alpha: -step);
            double next = residual.dot(residual).ToDouble();
            direction = residual.add(direction, alpha: next / squared);
            squared = next;
        }
        return new LinearSolution(x, b - residual);
    });
}
