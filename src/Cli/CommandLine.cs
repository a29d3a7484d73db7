using System.CommandLine;
using System.CommandLine.Parsing;
using MamlRobotics.Cli.Commands;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli;

/// <summary>
/// The command tree and its exit codes: 0 for success, 1 for a failure while a command runs, 2 for wrong input, which is found
/// before anything runs, and 128 plus the number of the signal where a signal stopped the program. A failure prints one line on
/// the error stream. Users never see a stack trace.
/// </summary>
public static class CommandLine
{
    public static int Run(string[] args)
    {
        bool hasBegun = false;
        ParseResult parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            if (parsed.Tokens.Any(token => token.Value.Length == 0))
                throw new InputException("An argument is empty: leave it out, or give it a value.");
            if (parsed.Errors.Count > 0) throw new InputException(ExplainErrors(parsed));
            hasBegun = true;
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (InputException) when (!hasBegun && LaunchedGroup.LaunchedRank > 0)
        {
            // All processes that were launched together got the same arguments; the first one says what is wrong with them.
            return Failure.WrongInput;
        }
        catch (Exception problem)
        {
            return Failure.Print(problem);
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand(
            "Meta-reinforcement learning of robots: train, evaluate and measure MAML policies.\nStart with `maml demo`.")
        {
            DemoCommand.Create(), TrainCommand.Create(), SweepCommand.Create(), EvalCommand.Create(), ViewCommand.Create(),
            RenderCommand.Create(), RecordCommand.Create(), AdaptCommand.Create(), PlotCommand.Create(), ConfigCommand.Create(),
            AlgorithmsCommand.Create(), EnvsCommand.Create(), DataCommand.Create(), ReportCommand.Create(), DynamicsCommand.Create(),
            BenchCommand.Create(), ResultsCommand.Create(), VerifyCommand.Create(), PythonCommand.Create(), TestCommand.Create(),
            HelpCommand.Create(),
        };
        HelpCommand.AddQuestions(root);
        return root;
    }

    private static string ExplainErrors(ParseResult parsed)
    {
        CommandResult command = parsed.CommandResult;
        string help = $"See `maml {Path(command)}--help`.";
        if (parsed.UnmatchedTokens is [string token, ..]) return $"{ExplainUnknown(token, command)} {help}";
        if (command.Command is RootCommand) return $"Give a command, such as `maml demo`. {help}";
        return MissingArgument(command) is { } missing
            ? $"{missing.Name} is missing: {missing.Description} {help}"
            : $"{parsed.Errors[0].Message.TrimEnd('.')}. {help}";
    }

    private static string ExplainUnknown(string token, CommandResult result)
    {
        Command command = result.Command;
        (string kind, IEnumerable<string> known) = token.StartsWith('-') ? ("option", command.Options.Select(option => option.Name))
            : command is RootCommand ? ("command", command.Subcommands.Select(sub => sub.Name))
            : ("argument", []);
        return $"There is no {kind} '{token}'{Spelling.DidYouMean(token, known)}";
    }

    private static Argument? MissingArgument(CommandResult command) => command.Command.Arguments.FirstOrDefault(argument =>
        argument.Arity.MinimumNumberOfValues > 0 && command.GetResult(argument) is null or { Tokens.Count: 0 });

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)}{command.Command.Name} " : "";
}
