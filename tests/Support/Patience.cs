using System.Diagnostics;

namespace MamlRobotics.Tests.Support;

/// <summary>Waits for what comes by itself, but not for ever.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <param name="meanwhile">What is done between two looks; nothing but a short rest where there is none</param>
    /// <exception cref="TimeoutException">It has not come.</exception>
    public static void Until(Func<bool> holds, Action? meanwhile = null)
    {
        meanwhile ??= () => Thread.Sleep(2);
        for (var clock = Stopwatch.StartNew(); !holds(); meanwhile())
            if (clock.Elapsed > Limit) throw new TimeoutException("What was waited for has not come.");
    }
}
