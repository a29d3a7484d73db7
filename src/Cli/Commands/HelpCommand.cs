using System.CommandLine;
using System.CommandLine.Help;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml help` prints what --help prints. Without a command it also answers what newcomers ask first.</summary>
internal static class HelpCommand
{
    private static readonly string[] Questions =
    [
        "How do I train on another family of tasks?",
        "  maml envs                                     lists the families; maml envs NAME describes one",
        "  maml train configs/arm-goals.json",
        "How do I use a trained policy in my own program?",
        "  examples/AdaptedPolicy loads a checkpoint and adapts it to a task, in about 30 lines.",
        "Why do two runs differ?",
        "  Runs with the same configuration, seed and commit are the same to the last bit on the same kind of processor, for any",
        "  number of threads. Other seeds differ by chance: train several (--seed N) and compare them with maml plot or maml results.",
        "  config.json and machine.json in a run folder say what the run was trained with.",
    ];

    public static Command Create()
    {
        Argument<string[]> names = new("COMMAND")
        {
            Description = "The command to explain; without it, all commands are listed.", Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("help", "Explain a command, or list the commands.") { names };
        command.SetAction(parsed =>
        {
            string[] path = parsed.GetValue(names)!;
            Command root = parsed.RootCommandResult.Command, explained = root;
            foreach (string name in path) explained = Subcommand(explained, name);
            return root.Parse([.. path, "--help"]).Invoke();
        });
        return HelpWithExamples.AddTo(command, "maml help", "maml help train");
    }

    /// <summary>Adds the questions below the list of commands.</summary>
    public static void AddQuestions(RootCommand root)
    {
        foreach (HelpOption own in root.Options.OfType<HelpOption>().ToArray()) root.Options.Remove(own);
        HelpWithExamples.AddTo(root, "Frequent questions:", Questions);
    }

    /// <exception cref="InputException">There is no such subcommand.</exception>
    private static Command Subcommand(Command command, string name)
    {
        if (command.Subcommands.FirstOrDefault(sub => sub.Name == name) is { } found) return found;
        string hint = Spelling.DidYouMean(name, command.Subcommands.Select(sub => sub.Name));
        throw new InputException($"There is no command '{name}'{hint} See `maml help`.");
    }
}
