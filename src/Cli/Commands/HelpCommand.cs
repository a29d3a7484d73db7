using System.CommandLine;
using System.CommandLine.Help;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml help`: the same as --help, which also answers what newcomers ask first.</summary>
internal static class HelpCommand
{
    private static readonly string[] Questions =
    [
        "How do I train on another family of tasks?",
        "  maml envs                                     lists the families; maml envs NAME tells all about one",
        "  maml train configs/arm-goals.json",
        "How do I use a trained policy in a program of my own?",
        "  examples/AdaptedPolicy loads a checkpoint and adapts it to a task, in about 30 lines.",
        "Why do two runs differ?",
        "  Runs of one configuration, one seed and one commit are the same to the last bit on the same kind of processor, for any",
        "  number of threads. Other seeds differ by chance: train some (--seed N) and compare them with maml plot or maml results.",
        "  A run folder's config.json and machine.json say what it was trained with.",
    ];

    public static Command Create()
    {
        Argument<string[]> names = new("COMMAND") { Description = "The command to explain; without it, what commands there are.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("help", "Explain a command, or list the commands.") { names };
        command.SetAction(parsed =>
        {
            string[] path = parsed.GetValue(names)!;
            Command root = parsed.RootCommandResult.Command, explained = root;
            foreach (string name in path)
            {
                explained = explained.Subcommands.FirstOrDefault(sub => sub.Name == name)
                    ?? throw new InputException($"There is no command '{name}'{Spelling.DidYouMean(name, explained.Subcommands.Select(sub => sub.Name))} See `maml help`.");
            }
            return root.Parse([.. path, "--help"]).Invoke();
        });
        return HelpWithExamples.AddTo(command, "maml help", "maml help train");
    }

    /// <summary>Puts the questions under the list of commands.</summary>
    public static void AddQuestions(RootCommand root)
    {
        foreach (HelpOption own in root.Options.OfType<HelpOption>().ToArray()) root.Options.Remove(own);
        HelpWithExamples.AddTo(root, "Asked first:", Questions);
    }
}
