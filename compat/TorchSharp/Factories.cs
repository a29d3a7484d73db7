// How tensors are made: ranges, copies of arrays, and the helpers behind every overload.
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    private const ScalarType DefaultType = ScalarType.Float32;

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        bool integral = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        ScalarType type = dtype ?? (integral ? ScalarType.Int64 : DefaultType);
        return Graded(Op.Arange.Boxed(start, stop, step, type, Argument.None, InitializeDevice(device), false), requires_grad);
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Graded(Op.Linspace.Boxed(start, end, steps, dtype ?? DefaultType, Argument.None, InitializeDevice(device), false), requires_grad);

    public static Tensor eye(long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Unnamed(names);
        long width = columns < 0 ? rows : columns;
        return Graded(Op.Eye.Boxed(rows, width, dtype ?? DefaultType, Argument.None, InitializeDevice(device), false), requires_grad);
    }

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Alike(Op.ZerosLike, input, dtype, device, requires_grad, names);

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Alike(Op.OnesLike, input, dtype, device, requires_grad, names);

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Alike(Op.EmptyLike, input, dtype, device, requires_grad, names);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Alike(Op.RandnLike, input, dtype, device, requires_grad, null);

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Alike(Op.RandLike, input, dtype, device, requires_grad, null);

    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Unnamed(names);
        return Graded(Op.FullLike.Boxed(input, value, dtype, Argument.None, Optional(device)), requires_grad);
    }

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Graded(Op.Randperm.Boxed(n, generator, dtype ?? ScalarType.Int64, Argument.None, InitializeDevice(device), false), requires_grad);

    private static long[] Lengths(Array array)
    {
        var lengths = new long[array.Rank];
        for (int i = 0; i < lengths.Length; i++) lengths[i] = array.GetLongLength(i);
        return lengths;
    }

    private static unsafe Tensor FromArray(Array array, long[] shape, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        Unnamed(names);
        long count = 1;
        foreach (long length in shape) count *= length;
        if (count > array.LongLength)
        {
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {array.LongLength}");
        }
        ScalarType origin = ToScalarType(array.GetType().GetElementType()!);
        Tensor copy = Op.Empty.Boxed(shape, origin, Argument.None, CPU, false);
        long bytes = count * copy.ElementSize;
        fixed (byte* source = &MemoryMarshal.GetArrayDataReference(array))
        {
            Buffer.MemoryCopy(source, copy.Pointer(), bytes, bytes);
        }
        return Placed(copy, dtype ?? origin, device, requires_grad);
    }

    private static Tensor FromScalar(Scalar value, ScalarType origin, ScalarType? dtype, Device? device, bool requires_grad) =>
        Placed(Op.Full.Boxed(Array.Empty<long>(), value, origin, Argument.None, CPU, false), dtype ?? origin, device, requires_grad);

    // Converts and moves, and lets go of the intermediate tensor.
    private static Tensor Placed(Tensor made, ScalarType type, Device? device, bool requires_grad)
    {
        device = InitializeDevice(device);
        if (made.dtype != type || device.type != DeviceType.CPU) made = made.to(type, device, disposeAfter: true);
        return Graded(made, requires_grad);
    }

    private static Tensor Graded(Tensor made, bool requires_grad) => requires_grad ? made.requires_grad_() : made;

    private static Argument Optional(Device? device) => device is null ? Argument.None : InitializeDevice(device);

    private static void Unnamed(string[]? names)
    {
        if (names is { Length: > 0 }) throw new NotSupportedException("Named dimensions are outside this subset.");
    }

    private static Tensor Alike(Operator like, Tensor input, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        Unnamed(names);
        return Graded(like.Boxed(input, dtype, Argument.None, Optional(device)), requires_grad);
    }

    private static Tensor Sized(Operator factory, long[] size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        Unnamed(names);
        return Graded(factory.Boxed(size, dtype ?? DefaultType, Argument.None, InitializeDevice(device), false), requires_grad);
    }

    private static Tensor Full(long[] size, Scalar value, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        Unnamed(names);
        bool isWhole = value.Type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64;
        return Graded(Op.Full.Boxed(size, value, dtype ?? (isWhole ? ScalarType.Int64 : DefaultType), Argument.None, InitializeDevice(device), false), requires_grad);
    }

    private static Tensor Random(Operator factory, long[] size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator, string[]? names)
    {
        Unnamed(names);
        return Graded(factory.Boxed(size, generator, dtype ?? DefaultType, Argument.None, InitializeDevice(device), false), requires_grad);
    }
}

internal static partial class Op
{
    internal static readonly Operator Arange = new("arange", "start_step");
    internal static readonly Operator Linspace = new("linspace");
    internal static readonly Operator Eye = new("eye", "m");
    internal static readonly Operator ZerosLike = new("zeros_like");
    internal static readonly Operator OnesLike = new("ones_like");
    internal static readonly Operator EmptyLike = new("empty_like");
    internal static readonly Operator RandnLike = new("randn_like");
    internal static readonly Operator RandLike = new("rand_like");
    internal static readonly Operator FullLike = new("full_like");
    internal static readonly Operator Randperm = new("randperm", "generator");
}
