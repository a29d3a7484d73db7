using MathNet.Numerics.LinearAlgebra;

namespace MamlRobotics.Envs;

/// <summary>
/// A model of one step around a state and an action, z = (state, action): the Jacobian of the next state, and the gradient and a concave
/// model of the curvature of the reward.
/// </summary>
/// <param name="Jacobian">[state, z]</param>
/// <param name="Gradient">[z]</param>
/// <param name="Curvature">[z, z], negative semidefinite</param>
internal sealed record StepDerivatives(Matrix<double> Jacobian, Vector<double> Gradient, Matrix<double> Curvature)
{
    private const double Difference = 1e-5;

    public static StepDerivatives At(IEnvironment environment, double[] task, double[] state, double[] action)
    {
        double[] point = [.. state, .. action];
        (Matrix<double> jacobian, double[] gradient) = FirstDerivatives(environment, task, point, state.Length);
        var curvature = Matrix<double>.Build.Dense(point.Length, point.Length);
        for (int i = 0; i < point.Length; i++)
        {
            double[] moved = [.. point];
            moved[i] += Difference;
            double[] there = FirstDerivatives(environment, task, moved, state.Length).Gradient;
            for (int j = 0; j < point.Length; j++) curvature[i, j] = (there[j] - gradient[j]) / Difference;
        }
        return new(jacobian, Vector<double>.Build.DenseOfArray(gradient), NearestConcave(curvature));
    }

    /// <summary>Exact first derivatives by dual numbers, for as many directions at a time as a dual number holds.</summary>
    private static (Matrix<double> Jacobian, double[] Gradient) FirstDerivatives(
        IEnvironment environment, double[] task, double[] point, int states)
    {
        var jacobian = Matrix<double>.Build.Dense(states, point.Length);
        var gradient = new double[point.Length];
        Dual[] row = [.. task.Select(Dual.Of)];
        for (int first = 0; first < point.Length; first += Dual.Directions)
        {
            int end = Math.Min(first + Dual.Directions, point.Length), count = end - first, begin = first;
            Dual[] numbers = [.. point.Select((value, i) => i >= begin && i < end ? Dual.Variable(value, i - begin) : Dual.Of(value))];
            Dual[] next = numbers[..states];
            Dual reward = environment.Step<Dual>(row, numbers[states..], next).Reward;
            for (int i = 0; i < count; i++)
            {
                gradient[first + i] = reward.Slope[i];
                for (int s = 0; s < states; s++) jacobian[s, first + i] = next[s].Slope[i];
            }
        }
        return (jacobian, gradient);
    }

    /// <summary>The nearest negative semidefinite matrix, because only a concave model has a maximum.</summary>
    private static Matrix<double> NearestConcave(Matrix<double> matrix)
    {
        Matrix<double> symmetric = (matrix + matrix.Transpose()) / 2;
        if (symmetric.Enumerate(Zeros.AllowSkip).All(value => value == 0)) return symmetric;
        var spectrum = symmetric.Evd(Symmetricity.Symmetric);
        Vector<double> values = spectrum.EigenValues.Map(value => Math.Min(value.Real, 0));
        return spectrum.EigenVectors * Matrix<double>.Build.DiagonalOfDiagonalVector(values) * spectrum.EigenVectors.Transpose();
    }
}
