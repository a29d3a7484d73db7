using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml python` is done by the script in the repository, where the sources are; this command only says so.</summary>
internal static class PythonCommand
{
    public static Command Create()
    {
        var command = new Command("python", "Build the native library of the Python package, for this machine.");
        command.SetAction(int (_) => throw new InputException("Build it with the script in the repository: ./maml python"));
        return HelpWithExamples.AddTo(command, "./maml python");
    }
}
