using MamlRobotics.Policies;

namespace MamlRobotics.MetaLearning;

/// <summary>How libtorch computes in this process.</summary>
public static class Compute
{
    /// <summary>
    /// One thread an operator on the CPU, for threads share out tasks instead, and full single precision for matrix
    /// products on every device.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">libtorch does not load. The message is one line.</exception>
    public static void Configure()
    {
        NativeTorch.Load();
        set_num_threads(1);
        // TF32 drops 13 of a factor's 23 bits, and conjugate gradients magnify what a curvature product loses.
        backends.cuda.matmul.allow_tf32 = false;
    }

    /// <summary>Waits until a device has done what it was given, so that a clock read next tells whose time it was.</summary>
    public static void Wait(Device device)
    {
        if (device.type == DeviceType.CUDA) cuda.synchronize(device);
    }
}
