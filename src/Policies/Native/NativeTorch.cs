using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.Win32.SafeHandles;

namespace MamlRobotics.Policies;

/// <summary>
/// Prepares this process for libtorch. It chooses settings that native code reads when it is loaded, and it loads TorchSharp's
/// native library on systems whose libstdc++ is older than the one that library was built with.
/// </summary>
/// <remarks>
/// Every assembly of this repository that uses torch calls <see cref="Prepare"/> before any of its code runs. A program that uses
/// torch before any type of this project should call <see cref="Load"/> first.
/// </remarks>
public static partial class NativeTorch
{
    // The library needs this version of libstdc++ (GCC 13) only because of std::ios_base_library_init. No code calls that
    // function: newer headers name it so that the library cannot be loaded with an older libstdc++.
    internal const string DispensableVersion = "GLIBCXX_3.4.32";

    private const string Library = "LibTorchSharp", FileName = "libLibTorchSharp.so";
    private const int TrimThreshold = -1, MemoryMapThreshold = -3, CloseOnExec = 1;

    private static int prepared;

    /// <summary>Chooses the settings of native code. It takes a few microseconds and loads nothing.</summary>
    public static void Prepare()
    {
        if (Interlocked.Exchange(ref prepared, 1) != 0 || !OperatingSystem.IsLinux()) return;
        AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!.ResolvingUnmanagedDll +=
            (_, name) => name == Library && Find(FileName) is { } file ? LoadWithOlderLibstdcxx(file) : 0;
        ChooseSettings();
    }

    /// <summary>Loads libtorch, or says why that is not possible.</summary>
    /// <exception cref="PlatformNotSupportedException">
    /// A library is missing, or the system is too old for it. The message is one line.
    /// </exception>
    public static void Load()
    {
        Prepare();
        Assembly torchSharp = typeof(torch).Assembly;
        if (!NativeLibrary.TryLoad("torch_cpu", torchSharp, null, out _) || !NativeLibrary.TryLoad(Library, torchSharp, null, out _))
            throw new PlatformNotSupportedException($"libtorch could not be loaded: {Reason()}");
        ReadLogLevel(torchSharp);
    }

    // libtorch reads the level of its log from the environment only when it is asked to, which Python does and TorchSharp does not.
    private static void ReadLogLevel(Assembly torchSharp)
    {
        if (NativeLibrary.TryLoad("c10", torchSharp, null, out nint library)
            && NativeLibrary.TryGetExport(library, "_ZN3c1011initLoggingEv", out nint function))
        {
            Marshal.GetDelegateForFunctionPointer<Action>(function)();
        }
    }

    // By default, libgomp's threads spin between two operators and take the cores from the threads that compute tasks. By default,
    // glibc maps the memory of large tensors anew each time, and the kernel clears their pages: a third of an iteration's time.
    private static void ChooseSettings()
    {
        SetEnvironment("OMP_WAIT_POLICY", "passive", overwrite: 0);
        // Otherwise libtorch prints a warning for each convolution on processors that one of its libraries does not know.
        SetEnvironment("TORCH_CPP_LOG_LEVEL", "ERROR", overwrite: 0);
        try
        {
            SetAllocator(MemoryMapThreshold, 1 << 30);
            SetAllocator(TrimThreshold, 1 << 30);
        }
        catch (EntryPointNotFoundException)
        {
            // A libc other than glibc has another allocator.
        }
    }

    // The changed library is a file in memory, because the program's folder may not be writable and the package cache must not be
    // changed.
    private static nint LoadWithOlderLibstdcxx(string file)
    {
        byte[] library = File.ReadAllBytes(file);
        if (!ElfVersions.MakeOptional(library, "libstdc++.so.6", DispensableVersion)) return 0;
        // The library looks for libtorch in its own folder, which here is /proc. Once libtorch is loaded, it is found by its name.
        NativeLibrary.TryLoad(Path.Combine(Path.GetDirectoryName(file)!, "libtorch.so"), out _);
        int descriptor = CreateMemoryFile(FileName, CloseOnExec);
        if (descriptor < 0) return 0;
        using var memory = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write, bufferSize: 0);
        memory.Write(library);
        return NativeLibrary.TryLoad($"/proc/self/fd/{descriptor}", out nint handle) ? handle : 0;
    }

    private static string? Find(string file) =>
        Folders().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Folders() =>
        ((string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append(AppContext.BaseDirectory);

    // The message of the system's loader about the first library that it cannot load.
    private static string Reason()
    {
        foreach (string name in OperatingSystem.IsLinux() ? ["libtorch_cpu.so", FileName] : Array.Empty<string>())
        {
            if (Find(name) is not { } file) return $"{name} is missing. Build the program again, or restore its packages.";
            try
            {
                NativeLibrary.Load(file);
            }
            catch (DllNotFoundException problem)
            {
                string[] lines = problem.Message.Split('\n');
                return (lines.LastOrDefault(line => line.Contains(": ", StringComparison.Ordinal)) ?? lines[0]).Trim();
            }
        }
        return $"TorchSharp's package has no library for {RuntimeInformation.RuntimeIdentifier}.";
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemoryFile(string name, uint flags);
}
