namespace MamlRobotics.Cli.Tests;

public sealed class MissingLibraryTests
{
    [FactWithOwnLibrary]
    public void WithoutLibtorchTheProgramSaysWhatToInstall()
    {
        using var folder = new TemporaryFolder();
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory).Where(file => !IsNative(file)))
            File.Copy(file, folder.In(Path.GetFileName(file)));

        ProcessResult result = MamlProcess.RunFrom(folder.In(), folder.Train("run", iterations: 1));

        result.MustFail(1, "libtorch could not be loaded");
        Assert.DoesNotContain("Internal error", result.Error, StringComparison.Ordinal);
    }

    [FactWithOwnLibrary]
    public void WhatTheLoaderMissesIsSaid()
    {
        using var folder = new TemporaryFolder();
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory))
            if (IsNative(file)) File.WriteAllText(folder.In(Path.GetFileName(file)), "no library");
            else File.Copy(file, folder.In(Path.GetFileName(file)));

        MamlProcess.RunFrom(folder.In(), folder.Train("run", iterations: 1)).MustFail(1, "libmaml_torch.so: file too short. Install");
    }

    private static bool IsNative(string file) => Path.GetExtension(file) == ".so";

    /// <summary>A fact where the native library lies beside the program; a package brings it in a folder of its own, together with libtorch.</summary>
    private sealed class FactWithOwnLibraryAttribute : FactAttribute
    {
        public FactWithOwnLibraryAttribute()
        {
            if (!Directory.GetFiles(AppContext.BaseDirectory).Any(IsNative)) Skip = "libtorch comes in the same package as what calls it.";
        }
    }
}
