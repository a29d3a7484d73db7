using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml test` is done by the script in the repository, where the sources are; this command only says so.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var command = new Command("test", "Build and run all the tests; ends with `N passed, N failed`.");
        command.SetAction(int (_) => throw new InputException("Run the tests with the script in the repository: ./maml test"));
        return HelpWithExamples.AddTo(command, "./maml test", "./maml test --filter FullyQualifiedName~Envs");
    }
}
