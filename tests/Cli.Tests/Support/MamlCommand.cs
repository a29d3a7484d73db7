using System.Text;

namespace MamlRobotics.Cli.Tests;

/// <summary>
/// The program's commands, run inside the process of the tests, which takes a fraction of the time of a process of their own
/// (<see cref="MamlProcess"/>). Signals and environment variables need a process.
/// </summary>
internal static class MamlCommand
{
    // The streams belong to the process; what is written by a test, and by the threads that it starts, belongs to the test.
    private static readonly AsyncLocal<(TextWriter Output, TextWriter Error)?> Current = new();

    static MamlCommand()
    {
        Environment.CurrentDirectory = Path.GetTempPath();
        Console.SetOut(new OfTest(Console.Out, streams => streams.Output));
        Console.SetError(new OfTest(Console.Error, streams => streams.Error));
    }

    /// <summary>Runs to the end.</summary>
    public static ProcessResult Run(params string[] arguments)
    {
        // Such a result moves everything else that the process writes to the error stream.
        if (arguments.Any(word => word is "-" or "/dev/stdout")) return MamlProcess.Run(arguments);
        using var output = new StringWriter();
        using var error = new StringWriter();
        Current.Value = (TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        try
        {
            int code = CommandLine.Run(arguments);
            return new ProcessResult(code, output.ToString(), error.ToString());
        }
        finally
        {
            Current.Value = null;
        }
    }

    private sealed class OfTest(TextWriter outside, Func<(TextWriter Output, TextWriter Error), TextWriter> choose) : TextWriter
    {
        public override Encoding Encoding => outside.Encoding;

        private TextWriter Chosen => Current.Value is { } streams ? choose(streams) : outside;

        public override void Write(char value) => Chosen.Write(value);

        public override void Write(string? value) => Chosen.Write(value);

        public override void Write(char[] buffer, int index, int count) => Chosen.Write(buffer, index, count);
    }
}
