using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MamlRobotics.Cli.Tests;

public sealed class MachineFileTests
{
    [FactWithOpenBlas]
    public void ARunSaysWhichKernelsItsProductsWereTakenBy()
    {
        using var folder = new TemporaryFolder();
        // Old ones, which every processor of this kind can run.
        using (MamlProcess run = MamlProcess.Start([("OPENBLAS_CORETYPE", "Nehalem")], folder.Train("run", iterations: 1))) Assert.Equal(0, run.Wait().Code);
        Assert.Contains("with OpenBLAS Nehalem\"", File.ReadAllText(folder.In("run", "machine.json")), StringComparison.Ordinal);
    }

    /// <summary>A fact where libtorch takes its matrix products from OpenBLAS, as Debian's does.</summary>
    private sealed class FactWithOpenBlasAttribute : FactAttribute
    {
        public FactWithOpenBlasAttribute()
        {
            string library = Path.Combine(AppContext.BaseDirectory, "libmaml_torch.so");
            if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || !File.Exists(library) || !Linked(library).Contains("libopenblas", StringComparison.Ordinal))
                Skip = "libtorch's products are not OpenBLAS's for x64.";
        }

        private static string Linked(string library)
        {
            using var ldd = Process.Start(new ProcessStartInfo("ldd", [library]) { RedirectStandardOutput = true })!;
            return ldd.StandardOutput.ReadToEnd();
        }
    }
}
