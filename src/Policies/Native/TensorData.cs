using System.Runtime.InteropServices;

namespace MamlRobotics.Policies;

/// <summary>Tensors from arrays, in memory of libtorch.</summary>
/// <remarks>
/// <c>torch.tensor</c> makes a tensor over the array itself, which the garbage collector puts at any multiple of 8 bytes. The products
/// of a matrix with one row or column round differently with where their operands lie (MKL's sgemv and sdot), so that equal runs would
/// differ in their last bits. libtorch's own memory begins at multiples of 64 bytes. A test finds calls of <c>torch.tensor</c>.
/// </remarks>
public static class TensorData
{
    /// <summary>Copies an array into a tensor.</summary>
    /// <param name="shape">The shape; without one, a list of all values</param>
    /// <param name="device">The processor if there is none</param>
    public static Tensor CopyToTensor<T>(this T[] values, ReadOnlySpan<long> shape = default, Device? device = null)
        where T : unmanaged
    {
        Tensor copy = empty(shape.IsEmpty ? [values.Length] : shape, TypeOf<T>(), CPU);
        if (copy.numel() != values.Length)
            throw new ArgumentException($"{values.Length} values do not fill the shape [{string.Join(", ", copy.shape)}].", nameof(shape));
        MemoryMarshal.AsBytes<T>(values).CopyTo(copy.bytes);
        return device is null || device.type == DeviceType.CPU ? copy : copy.to(device, disposeAfter: true);
    }

    private static ScalarType TypeOf<T>() =>
        typeof(T) == typeof(float) ? float32
        : typeof(T) == typeof(double) ? float64
        : typeof(T) == typeof(long) ? int64
        : throw new NotSupportedException($"Tensors of {typeof(T).Name} are not used.");
}
