using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>What a figure was measured on.</summary>
public static class Machine
{
    /// <summary>The commit that the program was built from, "+" where the tree had changes; empty if unknown.</summary>
    public static string Commit =>
        typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+', 2) is [_, var commit] ? commit : "";

    private static string Torch => $"TorchSharp {Version(typeof(torch).Assembly)} over libtorch {torch.__version__}{Kernels()}";

    private delegate nint NameOfKernels();

    // A preloaded OpenBLAS takes the place of the package's library for matrix products. It chooses its kernels by the
    // processor, or by the environment, and speed and rounding with them.
    private static string Kernels()
    {
        using Process self = Process.GetCurrentProcess();
        string? openBlas = self.Modules.Cast<ProcessModule>().Select(module => module.FileName)
            .FirstOrDefault(file => Path.GetFileName(file).StartsWith("libopenblas", StringComparison.Ordinal));
        return openBlas is not null && NativeLibrary.TryGetExport(NativeLibrary.Load(openBlas), "openblas_get_corename", out nint name)
            ? $" with OpenBLAS {Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<NameOfKernels>(name)())}" : "";
    }

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public static string Processor
    {
        get
        {
            const string CpuInfo = "/proc/cpuinfo";
            string? model = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
            return model?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
    }

    /// <summary>The device, a CUDA device with the name of the first card where the driver's tool tells it: TorchSharp does not.</summary>
    public static string NameOf(Device device)
    {
        if (device.type != DeviceType.CUDA) return device.ToString();
        try
        {
            using var query = Process.Start(new ProcessStartInfo("nvidia-smi", "--query-gpu=name --format=csv,noheader") { RedirectStandardOutput = true })!;
            string names = query.StandardOutput.ReadToEnd();
            query.WaitForExit();
            return query.ExitCode == 0 && names.Split('\n')[0].Trim() is { Length: > 0 } first ? $"{device} ({first})" : device.ToString();
        }
        catch (Win32Exception)
        {
            return device.ToString();
        }
    }

    /// <summary>One line that names what a printed figure was measured on.</summary>
    public static string Summary(Device device, int threads) => $"{Processor}, {NameOf(device)}, {threads} threads, registers of {LaneWidth.Bits} bits, {Torch}, commit {(Commit.Length > 0 ? Commit : "unknown")}";

    /// <summary>The same for files.</summary>
    public static JsonObject Describe(Device device, int threads) => new()
    {
        ["commit"] = Commit,
        ["processor"] = Processor,
        ["logicalProcessors"] = System.Environment.ProcessorCount,
        ["system"] = RuntimeInformation.OSDescription,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["torch"] = Torch,
        ["device"] = NameOf(device),
        ["registerBits"] = LaneWidth.Bits,
        ["threads"] = threads,
    };
}
