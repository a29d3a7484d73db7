using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MamlRobotics.Tests.Support;

/// <summary>An X server without a screen, for the tests that open a window, named to this process's native code.</summary>
internal sealed partial class VirtualDisplay : IDisposable
{
    private readonly Process server;

    private VirtualDisplay(Process server, string name)
    {
        this.server = server;
        Name = name;
        Check(SetVariable("DISPLAY", name, 1));
    }

    public string Name { get; }

    // A process keeps its connection to a server, and dies with it.
    private static readonly Lazy<VirtualDisplay> Own = new(() =>
    {
        VirtualDisplay display = Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => display.Dispose();
        return display;
    });

    /// <summary>The display for every window of this process; it ends with the process.</summary>
    public static VirtualDisplay OfProcess()
    {
        Check(SetVariable("DISPLAY", Own.Value.Name, 1));
        return Own.Value;
    }

    public static VirtualDisplay Start()
    {
        var start = new ProcessStartInfo("Xvfb", "-displayfd 1 -screen 0 1400x900x24 -nolisten tcp")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process server = Process.Start(start)!;
        return new VirtualDisplay(server, ":" + server.StandardOutput.ReadLine());
    }

    /// <summary>Takes the display from native code, which reads the environment by itself.</summary>
    public static void Hide()
    {
        Check(ClearVariable("DISPLAY"));
        Check(ClearVariable("WAYLAND_DISPLAY"));
    }

    public void Dispose()
    {
        server.Kill();
        server.Dispose();
    }

    private static void Check(int status)
    {
        if (status != 0) throw new InvalidOperationException("The environment cannot be changed.");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ClearVariable(string name);
}
