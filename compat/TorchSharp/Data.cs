// A tensor's memory: whole, element by element, and as text.
using System.Globalization;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements, strides honoured; the type must be exact and the memory the processor's.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            RequireType(typeof(T));
            return new TensorAccessor<T>(this);
        }

        /// <summary>The number in a one-element tensor; the type must be exact and the memory the processor's.</summary>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            RequireType(typeof(T));
            return new TensorAccessor<T>(this)[0];
        }

        /// <summary>The memory of a contiguous tensor of the processor, to read or to overwrite.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                RequireHost();
                if (!is_contiguous()) throw new InvalidOperationException("Only the bytes of a contiguous tensor are one span.");
                return new Span<byte>(Pointer(), checked((int)(NumberOfElements * ElementSize)));
            }
            set
            {
                Span<byte> own = bytes;
                if (value.Length != own.Length) throw new ArgumentException("Mismatched data sizes in Tensor.bytes assignment.");
                value.CopyTo(own);
            }
        }

        public override string ToString()
        {
            string description = $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";
            if (NumberOfElements is 0 or > 100) return description;
            using Tensor values = detach().to(is_floating_point() ? ScalarType.Float64 : ScalarType.Int64, CPU, disposeAfter: true);
            IEnumerable<string> texts = is_floating_point()
                ? values.data<double>().Select(value => value.ToString("g5", CultureInfo.InvariantCulture))
                : values.data<long>().Select(value => value.ToString(CultureInfo.InvariantCulture));
            return $"{description}, value = {string.Join(" ", texts)}";
        }

        internal unsafe void* Pointer() => Kept((nint)Native.mt_data(Handle)) is var pointer && pointer == 0 && NumberOfElements != 0
            ? throw new InvalidOperationException("The tensor has no memory.")
            : (void*)pointer;

        internal void RequireHost()
        {
            if (device_type != DeviceType.CPU)
            {
                throw new InvalidOperationException("Only memory of the processor can be read: call cpu() first.");
            }
        }

        private void RequireType(Type type)
        {
            if (ToScalarType(type) != dtype) throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
        }
    }
}
