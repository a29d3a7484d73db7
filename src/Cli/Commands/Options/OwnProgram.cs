using System.Diagnostics;

namespace MamlRobotics.Cli.Commands;

/// <summary>Starts this program once more, in a process of its own.</summary>
internal static class OwnProgram
{
    /// <summary>The words that start this program.</summary>
    public static IReadOnlyList<string> Command
    {
        get
        {
            string program = System.Environment.ProcessPath!;
            // A program of somebody else's, with families of its own, has all the commands too.
            bool isHosted = Path.GetFileNameWithoutExtension(program) == "dotnet";
            return isHosted ? [program, Path.GetFullPath(System.Environment.GetCommandLineArgs()[0])] : [program];
        }
    }

    /// <summary>A process whose output and errors are read by this one.</summary>
    public static Process Start(params IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(Command[0], [.. Command.Skip(1), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
}
