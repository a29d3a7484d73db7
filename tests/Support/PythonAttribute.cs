using System.Diagnostics;

namespace MamlRobotics.Tests.Support;

/// <summary>A fact that needs Python with NumPy, skipped where it is missing.</summary>
internal sealed class FactWithPythonAttribute : FactAttribute
{
    /// <param name="steps">Whether Python steps environments, which needs the native library of these sources</param>
    public FactWithPythonAttribute(bool steps) => Skip = steps ? Python.MissingToStep : Python.Missing;
}

internal static class Python
{
    private static readonly string Package = Path.Combine(Repository.Root, "python");

    // The first python3 on the PATH may be another one than the system's, which has the system's packages.
    private static readonly string? Interpreter = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasNumPy);

    /// <summary>Why nothing can run here; null where it can.</summary>
    public static string? Missing { get; } =
        Interpreter is null ? "There is no python3 with NumPy; on Debian: apt-get install python3-numpy." : null;

    /// <summary>Why environments cannot be stepped here; null where they can.</summary>
    public static string? MissingToStep { get; } = Missing ?? MissingLibrary();

    /// <summary>Runs Python in the package's folder and returns its exit code and all that it printed.</summary>
    public static (int Code, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter!, arguments)
        {
            WorkingDirectory = Package, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static string? MissingLibrary()
    {
        string? library = Directory.GetFiles(Path.Combine(Package, "maml_robotics"), "MamlRobotics.Native.*").FirstOrDefault();
        if (library is null) return "There is no native library; build it with ./maml python.";
        DateTime newest = Repository.Sources("src/Envs").Concat(Repository.Sources("src/Native")).Max(File.GetLastWriteTimeUtc);
        bool isOld = File.GetLastWriteTimeUtc(library) < newest;
        return isOld ? "The native library is older than the sources; build it with ./maml python." : null;
    }

    private static bool HasNumPy(string interpreter)
    {
        try
        {
            var start = new ProcessStartInfo(interpreter, ["-c", "import numpy"]) { RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
