// Generators of random numbers and seeding.
namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers of its own; <see cref="Default"/> is libtorch's.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = InitializeDevice(device);
            nint common = Native.Check(Native.mt_generator_default((int)this.device.type, this.device.index));
            _handle = Native.Check(Native.mt_generator_clone(common));
            Native.mt_generator_free(common);
            manual_seed((long)seed);
        }

        private Generator(nint handle)
        {
            device = CPU;
            _handle = handle;
        }

        ~Generator() => Dispose(false);

        public static Generator Default => new(Native.Check(Native.mt_generator_default((int)DeviceType.CPU, -1)));

        public nint Handle => _handle;
        public Device device { get; }

        public Generator manual_seed(long seed)
        {
            Native.Check(Native.mt_generator_seed(_handle, seed));
            GC.KeepAlive(this);
            return this;
        }

        public long initial_seed()
        {
            long seed = Native.mt_generator_initial_seed(_handle);
            GC.KeepAlive(this);
            return seed;
        }

        public Tensor get_state()
        {
            var state = new Tensor(Native.Check(Native.mt_generator_state(_handle)));
            GC.KeepAlive(this);
            return state;
        }

        public void set_state(Tensor value)
        {
            Native.Check(Native.mt_generator_set_state(_handle, value.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0) Native.mt_generator_free(handle);
        }
    }

    /// <summary>Seeds the default generators of all devices.</summary>
    public static Generator manual_seed(long seed)
    {
        Native.Check(Native.mt_manual_seed(seed));
        return Generator.Default;
    }

    public static partial class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);
    }
}
