// A tensor: the handle that owns one native reference, its lifetime and its description.
namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor : IDisposable
    {
        // Below this size a report to the garbage collector costs more than the memory is worth.
        private const long SmallestPressure = 16 * 1024;

        private static long s_totalCount;

        private nint _handle;
        private readonly long _pressure;

        internal Tensor(nint handle)
        {
            _handle = handle;
            Interlocked.Increment(ref s_totalCount);
            if (handle != 0 && Native.mt_own_bytes(handle) is var bytes and >= SmallestPressure)
            {
                _pressure = bytes;
                GC.AddMemoryPressure(bytes);
            }
            OwningDisposeScope = DisposeScopeManager.ThreadSingleton.Register(this);
        }

        ~Tensor() => Dispose(false);

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Live tensors of all threads.</summary>
        public static long TotalCount => Interlocked.Read(ref s_totalCount);

        public nint Handle => _handle != 0 ? _handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");
        public bool IsInvalid => _handle == 0;

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            // Two owners may race here: the finalizer and a scope that is itself being finalized.
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0) return;
            DisposeScopeManager.ThreadSingleton.CountDisposal(this);
            // A scope holds on to its tensors: one that is being finalized belongs to none, or to one as dead as itself.
            if (disposing) OwningDisposeScope?.MarkAsDisposed(this);
            Free(handle);
        }

        /// <summary>Disposal by the owning scope, which drops its whole set at once.</summary>
        internal void DisposeWithScope()
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                DisposeScopeManager.ThreadSingleton.CountDisposal(this);
                OwningDisposeScope = null;
                Free(handle);
            }
            GC.SuppressFinalize(this);
        }

        private void Free(nint handle)
        {
            Interlocked.Decrement(ref s_totalCount);
            Native.mt_free(handle);
            if (_pressure != 0) GC.RemoveMemoryPressure(_pressure);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null) other?.Attach(this);
            else OwningDisposeScope.MoveToOther(other, this);
            return this;
        }

        /// <summary>Another wrapper of the same tensor.</summary>
        public Tensor alias()
        {
            var result = new Tensor(Native.mt_alias(Handle));
            GC.KeepAlive(this);
            return result;
        }

        public long Dimensions => Kept(Native.mt_dim(Handle));
        public long dim() => Dimensions;
        public long ndim => Dimensions;
        public long NumberOfElements => Kept(Native.mt_numel(Handle));
        public long numel() => NumberOfElements;
        public long ElementSize => Kept(Native.mt_element_size(Handle));
        public long element_size() => ElementSize;
        public ScalarType dtype => (ScalarType)Kept(Native.mt_dtype(Handle));
        public bool is_contiguous() => Kept(Native.mt_is_contiguous(Handle)) != 0;
        public bool is_leaf => Kept(Native.mt_is_leaf(Handle)) > 0;
        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_cpu() => device_type == DeviceType.CPU;
        public bool is_floating_point() => torch.is_floating_point(dtype);
        public bool is_integral() => torch.is_integral(dtype);
        public long[] shape => size();

        public Device device
        {
            get
            {
                DeviceType type = Place(out int index);
                return type == DeviceType.CPU ? CPU : new Device(type, index);
            }
        }

        public DeviceType device_type => Place(out _);

        public int device_index
        {
            get
            {
                Place(out int index);
                return index;
            }
        }

        public long size(int dim)
        {
            int rank = Native.mt_dim(Handle);
            int index = dim < 0 ? dim + rank : dim;
            if ((uint)index >= (uint)rank)
            {
                throw new System.Runtime.InteropServices.ExternalException(
                    $"Dimension out of range (expected to be in range of [{-rank}, {rank - 1}], but got {dim})");
            }
            return Kept(Native.mt_size(Handle, index));
        }

        public unsafe long[] size()
        {
            var sizes = new long[Native.mt_dim(Handle)];
            fixed (long* start = sizes) Native.mt_sizes(Handle, start);
            GC.KeepAlive(this);
            return sizes;
        }

        public unsafe long[] stride()
        {
            var strides = new long[Native.mt_dim(Handle)];
            fixed (long* start = strides) Native.mt_strides(Handle, start);
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim) => stride()[dim < 0 ? dim + (int)Dimensions : dim];

        /// <summary>Identity: two wrappers of equal elements are <see cref="Equals(Tensor)"/>.</summary>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>Same shape and same elements.</summary>
        public bool Equals(Tensor target) => target is not null && Op.Equal.Value(this, target).Bits != 0;

        private unsafe DeviceType Place(out int index)
        {
            int found;
            var type = (DeviceType)Kept(Native.mt_device(Handle, &found));
            index = found;
            return type;
        }

        // Holds this wrapper, hence the native tensor, until the native answer is there.
        private T Kept<T>(T answer)
        {
            GC.KeepAlive(this);
            return answer;
        }
    }
}

internal static partial class Op
{
    internal static readonly Operator Equal = new("equal");
}
