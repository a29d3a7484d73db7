namespace MamlRobotics.Policies;

/// <summary>Numbers beside tensors, kept alive for as long as libtorch reads them.</summary>
/// <remarks>
/// TorchSharp 0.107 passes the handle of a <see cref="Scalar"/> to libtorch and does not keep the object alive, so that the
/// garbage collector may free the number during the call, which then fails or computes with another number. Every operator
/// with a number does so, and every addition of two tensors, for TorchSharp makes its factor a Scalar. Code here therefore
/// writes <c>x * Number(2)</c> and <c>x.Plus(y)</c>; a test finds every call of the other kind (docs/decisions/0007).
/// </remarks>
public static class TensorArithmetic
{
    // More than one call takes, so that a number outlives the expression that it stands in.
    private const int Kept = 64;

    private static readonly Scalar Zero = 0, One = 1, Two = 2;

    [ThreadStatic] private static Scalar?[]? recent;
    [ThreadStatic] private static int next;
    [ThreadStatic] private static long numbersRead;

    /// <summary>How often this thread has waited for a number.</summary>
    internal static long NumbersRead => numbersRead;

    /// <summary>A number for one call of an operator, valid until this thread has asked for many others.</summary>
    public static Scalar Number(double value) => Keep(value);

    /// <inheritdoc cref="Number(double)"/>
    public static Scalar Number(long value) => Keep(value);

    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    public static Tensor Plus(this Tensor left, double right) => left.add(Number(right), One);

    public static Tensor Plus(this Tensor left, long right) => left.add(Number(right), One);

    /// <summary>Adds in place.</summary>
    public static Tensor Accumulate(this Tensor sum, Tensor value) => sum.add_(value, One);

    public static Tensor Square(this Tensor value) => value.pow(Two);

    /// <summary>0, 1, 2 and so on: shape [<paramref name="count"/>].</summary>
    public static Tensor Indices(long count, ScalarType type, Device device) => arange(Zero, Number(count), One, type, device);

    /// <summary>The number in a tensor that holds one. Waits until a device has computed it.</summary>
    public static double ReadNumber(this Tensor value)
    {
        numbersRead++;
        using Scalar number = value.ToScalar();
        return number.ToDouble();
    }

    /// <summary>The numbers in some tensors that hold one each, in a single wait.</summary>
    public static double[] ReadNumbers(params Tensor[] values)
    {
        numbersRead++;
        using Tensor read = stack(values).to(float64).cpu();
        return read.data<double>().ToArray();
    }

    // Freed here and not by the garbage collector, which spares its finalizer thread a call for each number.
    private static Scalar Keep(Scalar number)
    {
        recent ??= new Scalar?[Kept];
        next = (next + 1) % Kept;
        recent[next]?.Dispose();
        return recent[next] = number;
    }
}
