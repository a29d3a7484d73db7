using System.Diagnostics;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Viewer.Tests;

/// <summary>Real keys and a real mouse.</summary>
internal static class Xdotool
{
    /// <summary>Runs xdotool while the window goes on, which some of its commands wait for.</summary>
    /// <param name="step">A step of the window</param>
    /// <returns>What it prints</returns>
    public static string Run(string command, VirtualDisplay display, Func<bool> step)
    {
        var start = new ProcessStartInfo("xdotool", command) { RedirectStandardOutput = true };
        start.Environment["DISPLAY"] = display.Name;
        using Process tool = Process.Start(start)!;
        Patience.Until(() => tool.HasExited, () => step());
        Assert.Equal(0, tool.ExitCode);
        return tool.StandardOutput.ReadToEnd();
    }
}
