using System.Diagnostics;

namespace MamlRobotics.Tests.Support;

/// <summary>Waits for what comes by itself, but not for ever.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <param name="meanwhile">What is done between two looks, besides a short rest</param>
    /// <param name="limit">Another one than <see cref="Limit"/></param>
    /// <exception cref="TimeoutException">It has not come.</exception>
    public static void Until(Func<bool> holds, Action? meanwhile = null, TimeSpan? limit = null)
    {
        for (var clock = Stopwatch.StartNew(); !holds(); Thread.Sleep(2))
        {
            if (clock.Elapsed > (limit ?? Limit)) throw new TimeoutException("What was waited for has not come.");
            meanwhile?.Invoke();
        }
    }
}
