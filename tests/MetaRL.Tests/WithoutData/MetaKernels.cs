using System.Runtime.InteropServices;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>
/// Some operators have their kernel for the meta device in Python alone. These are added here, by libtorch's C interface for
/// extensions (torch/csrc/stable). A kernel computes shape, type and device by an operator that the device has, which refuses
/// tensors of two devices.
/// </summary>
internal static partial class MetaKernels
{
    private delegate void Kernel(nint stack, ulong arguments, ulong results);

    // libtorch calls them until the process ends.
    private static readonly List<Kernel> Added = [];

    private static nint library;

    public static void Add()
    {
        if (library != 0) return;
        Check(aoti_torch_library_init_impl("aten", "Meta", nameof(MetaKernels), 0, out library));
        Add("abs", arguments => Input(arguments[0]).neg());
        Add("relu", arguments => Input(arguments[0]).neg());
        Add("where.self", arguments => Input(arguments[1]) * Input(arguments[2]) * Input(arguments[0]));
        Add("logical_not", arguments => Input(arguments[0]).eq(Number(0)));
        Add("logical_and", arguments => Input(arguments[0]).eq(Input(arguments[1])));
        Add("logical_or", arguments => Input(arguments[0]).eq(Input(arguments[1])));
        Add("logical_and_", arguments => Checked(Input(arguments[0]), Input(arguments[1])));
        Add("dot", arguments => (Input(arguments[0]) * Input(arguments[1])).sum());
        Add("index_select", arguments => Selected(Input(arguments[0]), arguments[1], Input(arguments[2])));
        Add("linalg_solve_triangular", arguments => Solved(Input(arguments[0]), Input(arguments[1])));
    }

    private static Tensor Checked(Tensor changed, Tensor other)
    {
        changed.eq(other);
        return changed;
    }

    private static Tensor Selected(Tensor values, nint dimension, Tensor index)
    {
        long[] shape = values.shape;
        shape[dimension] = index.shape[0];
        // The index takes part, for it must be on the same device.
        return empty(shape, values.dtype, values.device) * index.narrow(0, 0, 1).to(values.dtype);
    }

    // The first column stands for the square matrix.
    private static Tensor Solved(Tensor matrix, Tensor right) => matrix.narrow(-1, 0, 1) * right;

    private static void Add(string name, Func<nint[], Tensor> compute)
    {
        Kernel kernel = (stack, arguments, _) => Marshal.WriteIntPtr(stack, Result(compute, Read(stack, (int)arguments)));
        Added.Add(kernel);
        Check(aoti_torch_library_impl(library, name, Marshal.GetFunctionPointerForDelegate(kernel)));
    }

    private static nint[] Read(nint stack, int count)
    {
        var arguments = new nint[count];
        Marshal.Copy(stack, arguments, 0, count);
        return arguments;
    }

    // An exception cannot pass through libtorch. A tensor that is not defined can, and TorchSharp refuses it: "empty handle".
    private static nint Result(Func<nint[], Tensor> compute, nint[] arguments)
    {
        using DisposeScope scope = NewDisposeScope();
        nint result;
        try
        {
            Check(aoti_torch_new_tensor_handle(compute(arguments).Handle, out result));
        }
        catch (ExternalException)
        {
            Check(aoti_torch_new_uninitialized_tensor(out result));
        }
        return result;
    }

    // A kernel owns the tensors that it is given, and frees them with its scope.
    private static Tensor Input(nint handle) => Tensor.UnsafeCreateTensor(handle);

    private static void Check(int error)
    {
        if (error != 0) throw new InvalidOperationException("libtorch did not take a kernel of the meta device.");
    }

    [LibraryImport("torch_cpu", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int aoti_torch_library_init_impl(string space, string key, string file, uint line, out nint library);

    [LibraryImport("torch_cpu", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int aoti_torch_library_impl(nint library, string name, nint kernel);

    [LibraryImport("torch_cpu")] private static partial int aoti_torch_new_tensor_handle(nint tensor, out nint handle);

    [LibraryImport("torch_cpu")] private static partial int aoti_torch_new_uninitialized_tensor(out nint handle);
}
