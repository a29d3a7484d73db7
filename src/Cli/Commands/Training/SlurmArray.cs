using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>
/// The runs of a sweep as an array job of Slurm: a script for `sbatch`, which Slurm starts once for each run. Such a task begins its run or
/// goes on with it, so the job may be requeued or submitted again. A job that waits keeps the script and the configuration that it was
/// submitted with, whatever is written later.
/// </summary>
internal static class SlurmArray
{
    // What `./maml` sets before it becomes the program, and where the data are. A job has the environment of the shell that submits it.
    private static readonly string[] Variables = ["LD_PRELOAD", "OPENBLAS_NUM_THREADS", "DOTNET_ROOT", "MAML_DATA"];

    /// <summary>Writes the job of some runs into the folder of their sweep.</summary>
    /// <param name="configuration">The file that all runs start from</param>
    /// <param name="atOnce">The most runs at a time; null for as many as Slurm has room for</param>
    /// <returns>The path of the script</returns>
    public static string Write(IReadOnlyList<SweepRun> runs, string configuration, string device, int? atOnce, string folder)
    {
        string text = InputFile.ReadText(configuration), script = Path.Combine(folder, "slurm.sh");
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
        string copy = Path.GetFullPath(Path.Combine(folder, $"slurm-config-{hash}.json"));
        AtomicFile.WriteText(copy, text);
        AtomicFile.WriteText(script, Script(runs, copy, device, atOnce));
        return script;
    }

    private static string Script(IReadOnlyList<SweepRun> runs, string configuration, string device, int? atOnce)
    {
        string limit = atOnce is { } most ? string.Create(CultureInfo.InvariantCulture, $"%{most}") : "";
        IEnumerable<string> exports = Variables
            .Select(name => (Name: name, Value: System.Environment.GetEnvironmentVariable(name)))
            .Where(variable => variable.Value is { Length: > 0 })
            .Select(variable => $"export {variable.Name}={ShellWord.Quoted(variable.Value!)}");
        return string.Create(CultureInfo.InvariantCulture, $$"""
            #!/bin/sh
            # Options of sbatch replace these: sbatch --cpus-per-task=4 --time=2:00:00 --partition=NAME ...
            #SBATCH --job-name=maml-sweep
            #SBATCH --array=0-{{runs.Count - 1}}{{limit}}
            #SBATCH --output=/dev/null
            #SBATCH --requeue
            # A run whose time is nearly up is asked to stop, which saves a checkpoint.
            #SBATCH --signal=B:TERM@120
            cd {{ShellWord.Quoted(Directory.GetCurrentDirectory())}} || exit
            {{Lines(exports)}}
            case $SLURM_ARRAY_TASK_ID in
            {{Lines(runs.Select((run, task) => string.Create(CultureInfo.InvariantCulture, $"{task}) set -- {Words(run)} ;;")))}}
            esac
            run=$1
            shift
            mkdir -p "$(dirname "$run")"
            exec >>"$run.log" 2>&1
            if [ -f "$run/checkpoints/latest.safetensors" ]; then
                set -- --resume "$run"
            else
                set -- {{ShellWord.Quoted(configuration)}} --out "$run" --set "$@"
            fi
            set -- {{Program}} train "$@" --device {{device}} --threads "${SLURM_CPUS_PER_TASK:-1}"
            [ "${SLURM_NTASKS:-1}" -gt 1 ] || exec "$@"
            # sbatch --ntasks=4: four processes train each run. SLURM_MPI_TYPE=pmix or pmi2 says how they find each other.
            trap 'scancel --signal=TERM "$SLURM_JOB_ID"' TERM
            srun "$@" &
            wait $!
            wait $!

            """);
    }

    private static string Program => string.Join(' ', OwnProgram.Command.Select(ShellWord.Quoted));

    // The folder of the run and its settings.
    private static string Words(SweepRun run) =>
        string.Join(' ', new[] { Path.GetFullPath(run.Folder) }.Concat(run.Settings).Select(ShellWord.Quoted));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
