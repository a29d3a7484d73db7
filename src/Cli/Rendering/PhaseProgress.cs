using System.Diagnostics;

namespace MamlRobotics.Cli.Rendering;

/// <summary>
/// Shows on the error stream what the program is doing: one line that changes on a terminal, a line every few seconds elsewhere.
/// </summary>
internal sealed class PhaseProgress : IDisposable
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(2);

    private readonly Stopwatch sinceLast = new();
    private int width;

    public void Show(string phase)
    {
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{phase.PadRight(width)}");
        else if (!sinceLast.IsRunning || sinceLast.Elapsed > PlainInterval)
        {
            Console.Error.WriteLine(phase);
            sinceLast.Restart();
        }
        width = phase.Length;
    }

    public void Dispose()
    {
        if (!Console.IsErrorRedirected && width > 0) Console.Error.Write($"\r{new string(' ', width)}\r");
    }
}
