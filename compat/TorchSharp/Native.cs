// The native shim's entry points, where the library is found, and how its failures become exceptions.
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp;

internal static unsafe partial class Native
{
    private const string Library = "maml_torch";

    static Native()
    {
        NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        // Waiting OpenMP threads would spin, and on a machine with few or busy cores that halves the speed.
        SetUnlessSet("OMP_WAIT_POLICY", "passive");
        // OpenBLAS goes by the processor's name, and one that it does not know gets narrow kernels whatever it can do.
        if (Avx512F.IsSupported && Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported) SetUnlessSet("OPENBLAS_CORETYPE", "SkylakeX");
        // Debian's libtorch with CUDA brings along a library that takes over the signal by which .NET finds null references.
        SetUnlessSet("UCX_HANDLE_ERRORS", "none");
        string file = Path.Combine(AppContext.BaseDirectory, "libmaml_torch.so");
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (DllNotFoundException failure)
        {
            // The loader's own words, such as the library that libtorch itself lacks, end .NET's advice.
            string reason = failure.Message.TrimEnd().Split('\n')[^1];
            throw new DllNotFoundException(
                $"libtorch could not be loaded: {reason}. Install what is missing (Debian: libtorch-dev), or build again with TORCH_ROOT set.", failure);
        }
    }

    // It must stand in the process's own environment before libtorch is loaded, which .NET's copy of it is not.
    private static void SetUnlessSet(string name, string value)
    {
        if (setenv(name, value, 0) != 0) throw new InvalidOperationException("The environment could not be changed.");
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial int setenv(string name, string value, int overwrite);

    /// <summary>Throws libtorch's own message for the last failure on this thread.</summary>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    internal static void Throw() =>
        throw new ExternalException(Marshal.PtrToStringUTF8(mt_error())?.TrimEnd() ?? "libtorch failed");

    internal static void Check(int status)
    {
        if (status < 0) Throw();
    }

    internal static nint Check(nint handle)
    {
        if (handle == 0) Throw();
        return handle;
    }

    [LibraryImport(Library)] private static partial nint mt_error();
    [LibraryImport(Library)] internal static partial nint mt_version();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint mt_find(string name, string overload);
    [LibraryImport(Library)] internal static partial int mt_call(nint op, Record* records, int count, out Record* results);
    [LibraryImport(Library)] internal static partial nint mt_call_t(nint op, nint a);
    [LibraryImport(Library)] internal static partial nint mt_call_tt(nint op, nint a, nint b);
    [LibraryImport(Library)] internal static partial nint mt_call_ttt(nint op, nint a, nint b, nint c);
    [LibraryImport(Library)] internal static partial nint mt_call_ts(nint op, nint a, Record* b);
    [LibraryImport(Library)] internal static partial nint mt_call_tts(nint op, nint a, nint b, Record* c);
    [LibraryImport(Library)] internal static partial nint mt_call_tss(nint op, nint a, Record* b, Record* c);

    [LibraryImport(Library)] internal static partial void mt_free(nint tensor);
    [LibraryImport(Library)] internal static partial nint mt_alias(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int mt_dim(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long mt_numel(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long mt_size(nint tensor, int dim);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void mt_sizes(nint tensor, long* sizes);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void mt_strides(nint tensor, long* strides);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int mt_dtype(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int mt_element_size(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int mt_device(nint tensor, int* index);
    [LibraryImport(Library), SuppressGCTransition] internal static partial byte mt_is_contiguous(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long mt_own_bytes(nint tensor);
    [LibraryImport(Library)] internal static partial void* mt_data(nint tensor);

    [LibraryImport(Library)] internal static partial int mt_requires_grad(nint tensor);
    [LibraryImport(Library)] internal static partial int mt_set_requires_grad(nint tensor, byte on);
    [LibraryImport(Library)] internal static partial int mt_is_leaf(nint tensor);
    [LibraryImport(Library)] internal static partial int mt_grad(nint tensor, out nint gradient);
    [LibraryImport(Library)] internal static partial int mt_set_grad(nint tensor, nint gradient);
    [LibraryImport(Library)] internal static partial int mt_backward(nint[] outputs, int outputCount, nint[] gradients, int gradientCount, nint[] inputs, int inputCount, byte retain, byte create);
    [LibraryImport(Library)] internal static partial int mt_autograd_grad(nint[] outputs, int outputCount, nint[] inputs, int inputCount, nint[] gradients, int gradientCount, byte retain, byte create, byte allowUnused, nint* results);
    [LibraryImport(Library)] internal static partial byte mt_grad_enabled();
    [LibraryImport(Library)] internal static partial void mt_set_grad_enabled(byte on);
    [LibraryImport(Library)] internal static partial nint mt_inference_enter(byte on);
    [LibraryImport(Library)] internal static partial void mt_inference_leave(nint mode);
    [LibraryImport(Library)] internal static partial byte mt_inference_enabled();

    [LibraryImport(Library)] internal static partial int mt_manual_seed(long seed);
    [LibraryImport(Library)] internal static partial nint mt_generator_default(int type, int index);
    [LibraryImport(Library)] internal static partial nint mt_generator_clone(nint generator);
    [LibraryImport(Library)] internal static partial int mt_generator_seed(nint generator, long seed);
    [LibraryImport(Library)] internal static partial long mt_generator_initial_seed(nint generator);
    [LibraryImport(Library)] internal static partial nint mt_generator_state(nint generator);
    [LibraryImport(Library)] internal static partial int mt_generator_set_state(nint generator, nint state);
    [LibraryImport(Library)] internal static partial void mt_generator_free(nint generator);

    [LibraryImport(Library)] internal static partial int mt_num_threads();
    [LibraryImport(Library)] internal static partial int mt_set_num_threads(int count);
    [LibraryImport(Library)] internal static partial int mt_num_interop_threads();
    [LibraryImport(Library)] internal static partial int mt_set_num_interop_threads(int count);
    [LibraryImport(Library)] internal static partial int mt_cuda_device_count();
    [LibraryImport(Library)] internal static partial byte mt_cudnn_available();
    [LibraryImport(Library)] internal static partial int mt_cuda_synchronize(int index);
    [LibraryImport(Library)] internal static partial byte mt_tf32_matmul();
    [LibraryImport(Library)] internal static partial void mt_set_tf32_matmul(byte on);
    [LibraryImport(Library)] internal static partial byte mt_tf32_cudnn();
    [LibraryImport(Library)] internal static partial void mt_set_tf32_cudnn(byte on);
}
