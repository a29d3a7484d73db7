using System.Runtime.InteropServices;

namespace MamlRobotics.Cli.Tests;

public sealed class MachineFileTests
{
    private const string OpenBlas = "libopenblas.so.0";

    [FactWithOpenBlas]
    public void ARunSaysWhichLibraryAndKernelsItsProductsWereTakenFrom()
    {
        using var folder = new TemporaryFolder();
        // Old ones, which every processor of this kind can run.
        (string, string)[] variables = [("LD_PRELOAD", OpenBlas), ("OPENBLAS_NUM_THREADS", "1"), ("OPENBLAS_CORETYPE", "Nehalem")];
        using (MamlProcess run = MamlProcess.Start(variables, folder.Train("run", iterations: 1))) Assert.Equal(0, run.Wait().Code);
        Assert.Contains("with OpenBLAS Nehalem\"", File.ReadAllText(folder.In("run", "machine.json")), StringComparison.Ordinal);
    }

    private sealed class FactWithOpenBlasAttribute : FactAttribute
    {
        public FactWithOpenBlasAttribute()
        {
            if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
                Skip = "OpenBLAS can be preloaded on Linux for x64.";
            else if (!NativeLibrary.TryLoad(OpenBlas, out _)) Skip = $"There is no {OpenBlas} on this machine.";
        }
    }
}
