using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit.Abstractions;
using Xunit.Sdk;

// What is counted is the process's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestFramework("MamlRobotics.EmulatedDevice.Tests.EmulatedDevice", "MamlRobotics.EmulatedDevice.Tests")]

namespace MamlRobotics.EmulatedDevice.Tests;

/// <summary>What went over to the emulated device and back.</summary>
/// <param name="Operators">Run on the device</param>
/// <param name="Sent">Tensors copied to it</param>
/// <param name="Read">Tensors copied from it</param>
/// <param name="ScalarsRead">Numbers read from it, each of which makes a program wait</param>
internal sealed record Traffic(long Operators, long Sent, long Read, long ScalarsRead);

/// <summary>
/// Puts an emulated CUDA device in place before the first test is looked for, so that tests which need one run. A libtorch
/// with CUDA has operators of its own there, and is left as it is.
/// </summary>
internal sealed partial class EmulatedDevice : XunitTestFramework
{
    public EmulatedDevice(IMessageSink messages)
        : base(messages)
    {
        // Loads libtorch, as the program would.
        _ = torch.__version__;
        using Process self = Process.GetCurrentProcess();
        IsThere = !self.Modules.Cast<ProcessModule>().Any(module => module.FileName.Contains("libtorch_cuda", StringComparison.Ordinal));
        if (IsThere) Take();
    }

    public static bool IsThere { get; private set; }

    /// <summary>The traffic since the last call.</summary>
    public static unsafe Traffic Take()
    {
        long* counts = stackalloc long[4];
        emulated_cuda_counts(counts);
        return new(counts[0], counts[1], counts[2], counts[3]);
    }

    [LibraryImport("emulated_cuda")] private static unsafe partial void emulated_cuda_counts(long* counts);
}

/// <summary>A theory about the emulation, skipped where libtorch has CUDA itself.</summary>
internal sealed class EmulatedTheoryAttribute : TheoryAttribute
{
    public EmulatedTheoryAttribute()
    {
        if (!EmulatedDevice.IsThere) Skip = "This libtorch has CUDA itself.";
    }
}
