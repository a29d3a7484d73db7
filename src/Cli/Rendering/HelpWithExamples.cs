using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MamlRobotics.Cli.Rendering;

/// <summary>Prints a command's help, followed by a title and lines below it, such as examples.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction help, string title, string[] lines) : SynchronousCommandLineAction
{
    // Help is printed even where the rest of the command line is wrong.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(title);
        foreach (string line in lines) output.WriteLine("  " + line);
        output.WriteLine();
        return code;
    }

    /// <summary>Adds a help option to a command that ends with examples.</summary>
    public static Command AddTo(Command command, params string[] examples) => AddTo(command, "Examples:", examples);

    /// <inheritdoc cref="AddTo(Command, string[])"/>
    public static Command AddTo(Command command, string title, string[] lines)
    {
        var option = new HelpOption();
        option.Action = new HelpWithExamples((SynchronousCommandLineAction)option.Action!, title, lines);
        command.Options.Add(option);
        return command;
    }
}
