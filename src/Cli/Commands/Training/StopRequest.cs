using System.Runtime.InteropServices;

namespace MamlRobotics.Cli.Commands;

/// <summary>
/// Turns Ctrl-C, SIGTERM and SIGHUP into a request to stop cleanly. A second Ctrl-C ends the program at once. The other two
/// signals never do, because they often come twice when a terminal is closed or a machine shuts down.
/// </summary>
internal sealed class StopRequest : IDisposable
{
    // Shells report a program that a signal ended with this number plus the signal's own.
    private const int FirstExitCode = 128;

    /// <summary>The exit code for SIGTERM.</summary>
    public const int OfTerminate = FirstExitCode + 15;

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private volatile int exitCode;

    public StopRequest() => registrations =
    [
        Register(PosixSignal.SIGINT, FirstExitCode + 2),
        Register(PosixSignal.SIGTERM, OfTerminate),
        Register(PosixSignal.SIGHUP, FirstExitCode + 1),
    ];

    public CancellationToken Token => source.Token;

    /// <summary>The exit code for the signal that asked to stop; 0 while none has.</summary>
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
