using MamlRobotics.Policies;

namespace MamlRobotics.MetaLearning;

/// <summary>Settings of libtorch in this process.</summary>
public static class Compute
{
    /// <summary>
    /// Sets one thread for each operator on the CPU, because the program spreads tasks over threads instead, and full single
    /// precision for matrix products on every device.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">libtorch cannot be loaded. The message is one line.</exception>
    public static void Configure()
    {
        NativeTorch.Load();
        set_num_threads(1);
        // TF32 drops 13 of the 23 bits of a factor, and conjugate gradients magnify rounding errors of curvature products.
        backends.cuda.matmul.allow_tf32 = false;
    }

    /// <summary>Waits until a device has finished its work, so that a clock measures that work and not only its start.</summary>
    public static void Wait(Device device)
    {
        if (device.type == DeviceType.CUDA) cuda.synchronize(device);
    }
}
