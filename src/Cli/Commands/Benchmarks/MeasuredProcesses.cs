using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>Measures iterations in new processes of this program, which `mpirun` starts where there are several.</summary>
internal static class MeasuredProcesses
{
    // Open MPI refuses more processes than cores, and to run for root, unless it is told otherwise; MPICH ignores this.
    private static readonly (string Name, string Value)[] Variables =
    [
        ("OMPI_MCA_rmaps_base_oversubscribe", "1"), ("OMPI_MCA_hwloc_base_binding_policy", "none"),
        ("OMPI_ALLOW_RUN_AS_ROOT", "1"), ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"),
    ];

    /// <param name="arguments">Those of a command that measures and takes --json</param>
    /// <exception cref="InputException">There is no mpirun.</exception>
    /// <exception cref="TrainingException">The processes failed.</exception>
    public static ScaleMeasurement Run(string[] arguments, int processes)
    {
        string result = Path.GetTempFileName();
        try
        {
            string[] launcher = processes == 1 ? [] : ["mpirun", "-n", processes.ToString(CultureInfo.InvariantCulture)];
            Run([.. launcher, .. OwnProgram.Command, .. arguments, "--json", result]);
            return JsonSerializer.Deserialize<ScaleMeasurement>(File.ReadAllText(result), BenchIterationCommand.JsonOptions)!;
        }
        finally
        {
            File.Delete(result);
        }
    }

    private static void Run(string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in Variables) start.Environment[name] = value;
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            process.WaitForExit();
            _ = output.Result;
            string[] said = error.Result.Split('\n');
            string reason = said.FirstOrDefault(line => line.StartsWith("maml: ", StringComparison.Ordinal)) ?? said[0];
            if (process.ExitCode != 0) throw new TrainingException($"{string.Join(' ', words)} failed: {reason}");
        }
        catch (Win32Exception) when (words[0] == "mpirun")
        {
            throw new InputException("There is no mpirun here; install an MPI, such as Debian's openmpi-bin. docs/cluster.md says more.");
        }
    }
}
