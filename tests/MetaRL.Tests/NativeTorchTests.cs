using System.Diagnostics;
using MamlRobotics.Policies;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>TorchSharp's native library on systems with an older libstdc++ than it was built with.</summary>
public sealed class NativeTorchTests
{
    private const string Library = "libLibTorchSharp.so", Libstdcxx = "libstdc++.so.6";
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", Library);

    [FactWithLibrary]
    public void Only_the_flag_of_the_one_version_changes()
    {
        byte[] before = System.IO.File.ReadAllBytes(File), after = [.. before];

        Assert.True(ElfVersions.MakeOptional(after, Libstdcxx, NativeTorch.DispensableVersion));

        int[] changed = [.. Enumerable.Range(0, before.Length).Where(index => before[index] != after[index])];
        Assert.Equal((0, 2), (before[Assert.Single(changed)], after[changed[0]]));
    }

    [FactWithLibrary("readelf")]
    public void Another_program_sees_that_version_alone_as_weak()
    {
        string copy = Path.GetTempFileName();
        try
        {
            byte[] library = System.IO.File.ReadAllBytes(File);
            ElfVersions.MakeOptional(library, Libstdcxx, NativeTorch.DispensableVersion);
            System.IO.File.WriteAllBytes(copy, library);
            string weak = Assert.Single(Read("--version-info", copy), line => line.Contains("Flags: WEAK", StringComparison.Ordinal));
            Assert.Contains(NativeTorch.DispensableVersion, weak, StringComparison.Ordinal);
        }
        finally
        {
            System.IO.File.Delete(copy);
        }
    }

    /// <summary>What makes the version dispensable: code that called a function of it would end the process.</summary>
    [FactWithLibrary("readelf")]
    public void Nothing_in_the_library_refers_to_a_function_of_that_version()
    {
        string symbol = Assert.Single(
            Read("--dyn-syms", File), line => line.Contains("@" + NativeTorch.DispensableVersion, StringComparison.Ordinal));
        string name = symbol.Split(' ', StringSplitOptions.RemoveEmptyEntries)[7].Split('@')[0];
        Assert.DoesNotContain(Read("--relocs", File), line => line.Contains(name, StringComparison.Ordinal));
    }

    [FactWithLibrary]
    public void A_version_that_is_not_needed_changes_nothing()
    {
        byte[] before = System.IO.File.ReadAllBytes(File), after = [.. before];
        Assert.False(ElfVersions.MakeOptional(after, Libstdcxx, "GLIBCXX_9.9"));
        Assert.False(ElfVersions.MakeOptional(after, "libm.so.6", NativeTorch.DispensableVersion));
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_file_of_another_kind_is_left_alone() =>
        Assert.False(ElfVersions.MakeOptional("MZ, a library of another system"u8.ToArray(), Libstdcxx, NativeTorch.DispensableVersion));

    private static string[] Read(string what, string file)
    {
        using var readelf = Process.Start(new ProcessStartInfo("readelf", ["--wide", what, file]) { RedirectStandardOutput = true })!;
        return readelf.StandardOutput.ReadToEnd().Split('\n');
    }

    /// <summary>A fact about the library in TorchSharp's package for Linux, skipped with the reason where something is missing.</summary>
    private sealed class FactWithLibraryAttribute : FactAttribute
    {
        public FactWithLibraryAttribute(params string[] programs) =>
            Skip = System.IO.File.Exists(File) ? Programs.Missing(programs) : $"There is no {Library} beside the tests.";
    }
}
