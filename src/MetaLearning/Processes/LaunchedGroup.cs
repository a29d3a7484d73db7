using System.Globalization;
using System.Text;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// The processes that `mpirun` or Slurm's `srun` started together. They are found by the environment variables that these set, and
/// without those no MPI library is loaded.
/// </summary>
public sealed class LaunchedGroup : IProcessGroup, IDisposable
{
    /// <summary>The environment variable that names another MPI library than the usual ones.</summary>
    public const string LibraryVariable = "MAML_MPI";

    private const string OpenMpi = "libmpi.so.40", Mpich = "libmpich.so.12", MpichRelative = "libmpi.so.12";
    private const string SlurmTasks = "SLURM_STEP_NUM_TASKS";

    private readonly MpiLibrary library;

    private LaunchedGroup(MpiLibrary library) => (this.library, Size, Rank) = (library, library.Size, library.Rank);

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <summary>Whether this is one of several processes that were launched together.</summary>
    public static bool IsLaunched => Number("OMPI_COMM_WORLD_SIZE") > 1 || Number("PMI_SIZE") > 1 || Number(SlurmTasks) > 1;

    /// <summary>The number of this process among those that were launched together, as its environment says; else 0.</summary>
    public static int LaunchedRank =>
        !IsLaunched ? 0 : Number("OMPI_COMM_WORLD_RANK") ?? Number("PMI_RANK") ?? Number("PMIX_RANK") ?? Number("SLURM_PROCID") ?? 0;

    /// <summary>Joins the processes that were launched together with this one.</summary>
    /// <returns>Null where this process was launched by itself</returns>
    /// <exception cref="InputException">
    /// There is no MPI library, or it does not belong to the program that launched the processes, or they are of different programs.
    /// </exception>
    public static LaunchedGroup? Join()
    {
        if (!IsLaunched) return null;
        if (!HasInterface) throw new InputException(
            "Slurm started several processes without MPI: give srun --mpi=pmix for Open MPI or --mpi=pmi2 for MPICH, or one task alone.");
        MpiLibrary library = MpiLibrary.Load(Libraries()) ?? throw new InputException(
            $"Several processes were started, but there is no MPI library ({string.Join(", ", Libraries())}). Install one, such as "
            + $"Debian's libopenmpi3 or libmpich12, or name its file in {LibraryVariable}.");
        library.Initialise();
        var group = new LaunchedGroup(library);
        int launched = Number("OMPI_COMM_WORLD_SIZE") ?? Number("PMI_SIZE") ?? Number(SlurmTasks) ?? 1;
        if (group.Size != launched) throw new InputException(string.Create(CultureInfo.InvariantCulture,
            $"{launched} processes were started, but the MPI library sees {group.Size}: it is not that of the program that started them. "
            + $"Start them with its own mpirun or srun --mpi=..., or name the right library in {LibraryVariable}."));
        group.RequireOneProgram();
        return group;
    }

    /// <summary>The number of processes of the group on this machine, this one included.</summary>
    public int CountOnThisMachine()
    {
        // FNV-1a; the hash codes of .NET differ from one process to the next.
        ulong name = 14695981039346656037;
        foreach (byte letter in Encoding.UTF8.GetBytes(System.Environment.MachineName)) name = (name ^ letter) * 1099511628211;
        return this.FromEach(name).Count(other => other == name);
    }

    /// <inheritdoc/>
    public void AllGather(Span<byte> all, ReadOnlySpan<int> lengths)
    {
        var places = new int[lengths.Length];
        for (int rank = 1; rank < places.Length; rank++) places[rank] = places[rank - 1] + lengths[rank - 1];
        library.AllGather(all, lengths.ToArray(), places);
    }

    /// <summary>Ends all processes of the group at once, where this one cannot go on.</summary>
    public void Abort(int exitCode) => library.Abort(exitCode);

    /// <summary>Leaves the group, when all do.</summary>
    public void Dispose() => library.Finish();

    private static string[] Libraries()
    {
        if (System.Environment.GetEnvironmentVariable(LibraryVariable) is { Length: > 0 } named) return [named];
        bool isOpenMpi = Number("OMPI_COMM_WORLD_SIZE") is not null || Number("PMI_RANK") is null;
        return isOpenMpi ? [OpenMpi, Mpich, MpichRelative] : [Mpich, MpichRelative, OpenMpi];
    }

    // What a process needs to find the others.
    private static bool HasInterface =>
        Number("OMPI_COMM_WORLD_RANK") is not null || Number("PMI_RANK") is not null || Number("PMIX_RANK") is not null;

    private void RequireOneProgram()
    {
        Guid[] builds = this.FromEach(typeof(LaunchedGroup).Module.ModuleVersionId);
        int other = Array.FindIndex(builds, build => build != builds[0]);
        if (other > 0) throw new InputException(FormattableString.Invariant(
            $"Process {other} runs another build of the program than process 0; install the same on all machines."));
    }

    private static int? Number(string variable) =>
        int.TryParse(System.Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : null;
}
