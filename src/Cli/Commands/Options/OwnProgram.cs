using System.Diagnostics;

namespace MamlRobotics.Cli.Commands;

/// <summary>Starts this program once more, in a process of its own.</summary>
internal static class OwnProgram
{
    /// <summary>A process whose output and errors are read by this one.</summary>
    public static Process Start(params IEnumerable<string> arguments)
    {
        string program = System.Environment.ProcessPath!;
        // A program of somebody else's, with families of its own, has all the commands too.
        string[] assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [System.Environment.GetCommandLineArgs()[0]] : [];
        return Process.Start(new ProcessStartInfo(program, [.. assembly, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }
}
