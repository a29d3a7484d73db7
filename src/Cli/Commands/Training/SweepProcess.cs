using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MamlRobotics.Cli.Commands;

/// <summary>A training of a sweep in a process of its own.</summary>
internal sealed partial class SweepProcess : IDisposable
{
    private const int Terminate = 15;

    private readonly Process process;
    private readonly Task<string> output, error;

    private SweepProcess(SweepRun run, Process process)
    {
        (Run, this.process) = (run, process);
        (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public SweepRun Run { get; }

    public bool HasEnded => process.HasExited;

    public bool HasSucceeded => process.ExitCode == 0;

    /// <summary>The last line that the training printed on its error stream, without the program's name.</summary>
    public string Failure
    {
        get
        {
            string line = error.Result.Trim().Split('\n')[^1];
            if (line.Length == 0) return FormattableString.Invariant($"it ended with exit code {process.ExitCode}.");
            return line.StartsWith("maml: ", StringComparison.Ordinal) ? line["maml: ".Length..] : line;
        }
    }

    /// <summary>Starts a run, or goes on with it where it has a checkpoint.</summary>
    public static SweepProcess Start(SweepRun run, string configuration, string device, int threads)
    {
        string[] what = File.Exists(RunFolder.LatestIn(run.Folder)) ? ["--resume", run.Folder]
            : [configuration, "--out", run.Folder, "--set", .. run.Settings];
        string count = threads.ToString(CultureInfo.InvariantCulture);
        return new SweepProcess(run, OwnProgram.Start(["train", .. what, "--device", device, "--threads", count]));
    }

    /// <summary>
    /// Asks the training to stop after its iteration with a checkpoint. On Windows a Ctrl-C reaches it without this, and there is no
    /// other way to ask.
    /// </summary>
    public void AskToStop()
    {
        if (!OperatingSystem.IsWindows() && !process.HasExited) _ = Kill(process.Id, Terminate);
    }

    public void Dispose()
    {
        _ = output.Result;
        process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
