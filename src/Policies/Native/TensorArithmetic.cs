namespace MamlRobotics.Policies;

/// <summary>Arithmetic of tensors with numbers, which are kept alive for as long as libtorch reads them.</summary>
/// <remarks>
/// TorchSharp 0.107 passes the handle of a <see cref="Scalar"/> to libtorch and does not keep the object alive. The garbage
/// collector may therefore free the number during the call, which then fails or computes with another number. This happens in
/// every operator with a number, and in every addition of two tensors, because TorchSharp makes a Scalar of its factor. Code of
/// this repository therefore writes <c>x * Number(2)</c> and <c>x.Plus(y)</c>; a test finds every other call
/// (docs/decisions/0007).
/// </remarks>
public static class TensorArithmetic
{
    // This is more than one expression uses, so that a number lives longer than the expression in which it is used.
    private const int Kept = 64;

    private static readonly Scalar Zero = 0, One = 1, Two = 2;

    [ThreadStatic] private static Scalar?[]? recent;
    [ThreadStatic] private static int next;
    [ThreadStatic] private static long numbersRead;

    /// <summary>The number of times that this thread has waited for a number from a device.</summary>
    internal static long NumbersRead => numbersRead;

    /// <summary>A number for one call of an operator. It stays valid until this thread has made many others.</summary>
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

    /// <summary>Reads the number of a tensor with one element. It waits until the device has computed it.</summary>
    public static double ReadNumber(this Tensor value)
    {
        numbersRead++;
        using Scalar number = value.ToScalar();
        return number.ToDouble();
    }

    /// <summary>Reads the numbers of tensors with one element each, and waits for the device only once.</summary>
    public static double[] ReadNumbers(params Tensor[] values)
    {
        numbersRead++;
        using Tensor read = stack(values).to(float64).cpu();
        return read.data<double>().ToArray();
    }

    // Numbers are freed here, so that the finalizer thread of the garbage collector has no call to make for each of them.
    private static Scalar Keep(Scalar number)
    {
        recent ??= new Scalar?[Kept];
        next = (next + 1) % Kept;
        recent[next]?.Dispose();
        return recent[next] = number;
    }
}
