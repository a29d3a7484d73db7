using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using MamlRobotics.Cli.Commands;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli;

/// <summary>
/// The command tree and the ways in which it ends: 0, done; 1, a failure while running; 2, wrong input, found before
/// anything ran; 128 and the number of a signal where one has stopped it. A failure is one line on the standard error
/// stream; no stack trace reaches a user.
/// </summary>
public static class CommandLine
{
    private const int Failure = 1, WrongInput = 2;

    public static int Run(string[] args)
    {
        ParseResult parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            if (parsed.Tokens.Any(token => token.Value.Length == 0)) throw new InputException("An argument is empty; leave it out, or say what it is to be.");
            if (parsed.Errors.Count > 0) throw new InputException(Explain(parsed));
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (InputException problem)
        {
            return Say(problem.Message, WrongInput);
        }
        catch (Exception problem) when (problem is TrainingException or PlatformNotSupportedException or IOException or UnauthorizedAccessException or ExternalException or OutOfMemoryException or DllNotFoundException)
        {
            return Say(problem.Message, Failure);
        }
        catch (Exception problem)
        {
            return Say($"Internal error, please report it: {problem.GetType().Name}: {problem.Message}", Failure);
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Meta-reinforcement learning of robots: train, evaluate and measure MAML policies.\nStart with `maml demo`.")
        {
            DemoCommand.Create(), TrainCommand.Create(), EvalCommand.Create(), ViewCommand.Create(), RenderCommand.Create(), RecordCommand.Create(),
            PlotCommand.Create(), ConfigCommand.Create(), EnvsCommand.Create(), DynamicsCommand.Create(), BenchCommand.Create(), ResultsCommand.Create(),
            TestCommand.Create(), HelpCommand.Create(),
        };
        HelpCommand.AddQuestions(root);
        return root;
    }

    private static int Say(string message, int code)
    {
        Console.Error.WriteLine($"maml: {message.Split('\n')[0]}");
        return code;
    }

    private static string Explain(ParseResult parsed)
    {
        CommandResult command = parsed.CommandResult;
        string help = $"See `maml {Path(command)}--help`.";
        if (parsed.UnmatchedTokens is [string token, ..])
        {
            IEnumerable<string> known = token.StartsWith('-')
                ? command.Command.Options.Select(option => option.Name)
                : command.Command is RootCommand ? command.Command.Subcommands.Select(sub => sub.Name) : [];
            string kind = token.StartsWith('-') ? "option" : command.Command is RootCommand ? "command" : "argument";
            return $"There is no {kind} '{token}'{Spelling.DidYouMean(token, known)} {help}";
        }
        if (command.Command is RootCommand) return $"Give a command, such as `maml demo`. {help}";
        if (command.Command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && command.GetResult(argument) is null or { Tokens.Count: 0 }) is { } missing)
            return $"{missing.Name} is missing: {missing.Description} {help}";
        return $"{parsed.Errors[0].Message.TrimEnd('.')}. {help}";
    }

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)}{command.Command.Name} " : "";
}
