using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MamlRobotics.Cli.Rendering;

/// <summary>A command's help, followed by lines to copy; the list of commands stays one line each.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction help, string[] examples) : SynchronousCommandLineAction
{
    // Asking for help is right even where the rest of the line is not.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examples) output.WriteLine("  " + example);
        output.WriteLine();
        return code;
    }

    /// <summary>Gives a command a help option of its own that ends with examples.</summary>
    public static Command AddTo(Command command, params string[] examples)
    {
        var option = new HelpOption();
        option.Action = new HelpWithExamples((SynchronousCommandLineAction)option.Action!, examples);
        command.Options.Add(option);
        return command;
    }
}
