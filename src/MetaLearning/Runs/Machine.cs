using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>Describes the machine, the libraries and the commit with which a figure was measured.</summary>
public static class Machine
{
    /// <summary>The commit from which the program was built, with a "+" where the work tree had changes; empty if unknown.</summary>
    public static string Commit => VersionOf(typeof(Machine).Assembly)?.Split('+', 2) is [_, var commit] ? commit : "";

    private static string Torch => $"TorchSharp {Version(typeof(torch).Assembly)} over libtorch {torch.__version__}{Kernels()}";

    private delegate nint NameOfKernels();

    // A preloaded OpenBLAS replaces the package's library for matrix products. It chooses its kernels by the processor or by
    // environment variables, and speed and rounding depend on the kernels.
    private static string Kernels()
    {
        using Process self = Process.GetCurrentProcess();
        string? openBlas = self.Modules.Cast<ProcessModule>().Select(module => module.FileName)
            .FirstOrDefault(file => Path.GetFileName(file).StartsWith("libopenblas", StringComparison.Ordinal));
        if (openBlas is null) return "";
        if (!NativeLibrary.TryGetExport(NativeLibrary.Load(openBlas), "openblas_get_corename", out nint name)) return "";
        string? kernels = Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<NameOfKernels>(name)());
        return $" with OpenBLAS {kernels}";
    }

    private static string Version(Assembly assembly) => VersionOf(assembly)?.Split('+')[0] ?? "";

    // The version of the package, followed by "+" and the commit where the build knew it.
    private static string? VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    public static string Processor
    {
        get
        {
            const string CpuInfo = "/proc/cpuinfo";
            string[] lines = File.Exists(CpuInfo) ? File.ReadAllLines(CpuInfo) : [];
            string? model = lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
            return model?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
    }

    /// <summary>
    /// The name of a device. That of a CUDA device contains the name of the first card if nvidia-smi gives it, because TorchSharp
    /// does not give it.
    /// </summary>
    public static string NameOf(Device device)
    {
        if (device.type != DeviceType.CUDA) return device.ToString();
        try
        {
            var command = new ProcessStartInfo("nvidia-smi", "--query-gpu=name --format=csv,noheader") { RedirectStandardOutput = true };
            using var query = Process.Start(command)!;
            string names = query.StandardOutput.ReadToEnd();
            query.WaitForExit();
            return query.ExitCode == 0 && names.Split('\n')[0].Trim() is { Length: > 0 } first ? $"{device} ({first})" : device.ToString();
        }
        catch (Win32Exception)
        {
            return device.ToString();
        }
    }

    /// <summary>One line that says on what a printed figure was measured.</summary>
    public static string Summary(Device device, int threads)
    {
        string commit = Commit.Length > 0 ? Commit : "unknown";
        return $"{Processor}, {NameOf(device)}, {threads} threads, registers of {LaneWidth.Bits} bits, {Torch}, commit {commit}";
    }

    /// <summary>The same as JSON, for files.</summary>
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
