// Threads, CUDA and the version of libtorch.
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of the libtorch that the shim was compiled against.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8(Native.mt_version())!;

    public static int get_num_threads() => Native.mt_num_threads();
    public static void set_num_threads(int num) => Native.Check(Native.mt_set_num_threads(num));
    public static int get_num_interop_threads() => Native.mt_num_interop_threads();
    public static void set_num_interop_threads(int num) => Native.Check(Native.mt_set_num_interop_threads(num));

    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;
        public static bool is_cudnn_available() => Native.mt_cudnn_available() != 0;
        public static int device_count() => Native.mt_cuda_device_count();
        public static void manual_seed(long seed) => torch.manual_seed(seed).Dispose();
        public static void manual_seed_all(long seed) => torch.manual_seed(seed).Dispose();
        public static void synchronize(Device? device = null) => Native.Check(Native.mt_cuda_synchronize(device?.index ?? -1));
    }

    public static bool cuda_is_available() => cuda.is_available();

    public static partial class backends
    {
        public static partial class cuda
        {
            public static partial class matmul
            {
                public static bool allow_tf32
                {
                    get => Native.mt_tf32_matmul() != 0;
                    set => Native.mt_set_tf32_matmul(Flag(value));
                }
            }
        }

        public static partial class cudnn
        {
            public static bool allow_tf32
            {
                get => Native.mt_tf32_cudnn() != 0;
                set => Native.mt_set_tf32_cudnn(Flag(value));
            }
        }
    }
}
