namespace MamlRobotics.Cli.Tests;

/// <summary>A copy of the program whose folder lacks what libtorch's package brings, or has it damaged.</summary>
public sealed class MissingLibraryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public MissingLibraryTests()
    {
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory)) File.Copy(file, folder.In(Path.GetFileName(file)));
    }

    [Fact]
    public void WithoutLibtorchTheProgramSaysSo()
    {
        ProcessResult result = MamlProcess.RunFrom(folder.In(), folder.Train("run", iterations: 1));

        result.MustFail(1, "libtorch could not be loaded: ");
        Assert.DoesNotContain("Internal error", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    [FactOnLinux]
    public void WhatTheLoaderMissesIsSaid()
    {
        string natives = folder.In("runtimes", "linux-x64", "native");
        Directory.CreateDirectory(natives);
        File.WriteAllText(Path.Combine(natives, "libtorch_cpu.so"), "no library");
        File.WriteAllText(Path.Combine(natives, "libLibTorchSharp.so"), "no library");

        MamlProcess.RunFrom(folder.In(), folder.Train("run", iterations: 1)).MustFail(1, "libtorch_cpu.so: file too short");
    }

    public void Dispose() => folder.Dispose();

    private sealed class FactOnLinuxAttribute : FactAttribute
    {
        public FactOnLinuxAttribute()
        {
            if (!OperatingSystem.IsLinux()) Skip = "The message is that of the loader of Linux.";
        }
    }
}
