using System.Runtime.InteropServices;

namespace MamlRobotics.Cli;

/// <summary>
/// Turns Ctrl-C, SIGTERM and SIGHUP into a request to stop cleanly. Another Ctrl-C ends the program at once; the other two
/// often come twice when a terminal is closed or a machine is shut down, so that they never do.
/// </summary>
internal sealed class StopRequest : IDisposable
{
    // Of a program that a signal has ended, by the custom of shells.
    private const int FirstExitCode = 128;

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private volatile int exitCode;

    public StopRequest() => registrations =
    [
        Register(PosixSignal.SIGINT, FirstExitCode + 2), Register(PosixSignal.SIGTERM, FirstExitCode + 15), Register(PosixSignal.SIGHUP, FirstExitCode + 1),
    ];

    public CancellationToken Token => source.Token;

    /// <summary>What the program has to end with: 0 as long as nobody asked it to stop.</summary>
    public int ExitCode => exitCode;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal, int code) => PosixSignalRegistration.Create(signal, context =>
    {
        if (source.IsCancellationRequested && signal == PosixSignal.SIGINT) return;
        context.Cancel = true;
        if (source.IsCancellationRequested) return;
        exitCode = code;
        source.Cancel();
    });
}
