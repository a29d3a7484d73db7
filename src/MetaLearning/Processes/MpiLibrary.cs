using System.Runtime.InteropServices;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// The few functions of the Message Passing Interface that training needs, in whatever library of it is installed. The standard leaves
/// open what a communicator or a type is: in Open MPI it is the address of a variable that the library exports, in MPICH and its
/// relatives (Intel MPI, MVAPICH) a number. The exports tell which of the two a library is.
/// </summary>
internal sealed class MpiLibrary
{
    // MPI_THREAD_SERIALIZED: any thread may call, one at a time. The values are those of both families.
    private const int Serialized = 2;

    // Values of mpi.h, which MPICH and its relatives have agreed on (the MPICH ABI Compatibility Initiative).
    private const nint MpichWorld = 0x44000000, MpichByte = 0x4c00010d, MpichInPlace = -1, OpenMpiInPlace = 1;

    private delegate int InitThread(nint argumentCount, nint arguments, int required, out int provided);

    private delegate int OfCommunicator(nint communicator, out int value);

    private delegate int Allgatherv(
        nint own, int ownCount, nint ownType, ref byte all, int[] counts, int[] displacements, nint type, nint communicator);

    private delegate int WithCode(nint communicator, int code);

    private delegate int WithoutArgument();

    private readonly nint library, world, ofByte, inPlace;
    private readonly Allgatherv allGather;

    private MpiLibrary(nint library)
    {
        this.library = library;
        bool isOpenMpi = NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out nint openMpiWorld);
        (world, ofByte, inPlace) = isOpenMpi
            ? (openMpiWorld, NativeLibrary.GetExport(library, "ompi_mpi_byte"), OpenMpiInPlace) : (MpichWorld, MpichByte, MpichInPlace);
        allGather = Function<Allgatherv>("MPI_Allgatherv");
    }

    /// <summary>Loads the first library that there is.</summary>
    /// <param name="names">Files, which the system's loader looks for</param>
    /// <returns>Null where there is none</returns>
    public static MpiLibrary? Load(IEnumerable<string> names)
    {
        foreach (string name in names)
            if (NativeLibrary.TryLoad(name, out nint library)) return new MpiLibrary(library);
        return null;
    }

    public int Size => Of("MPI_Comm_size");

    public int Rank => Of("MPI_Comm_rank");

    public void Initialise() => Function<InitThread>("MPI_Init_thread")(0, 0, Serialized, out _);

    /// <summary>Completes a message of which each process has its own piece in place.</summary>
    public void AllGather(Span<byte> all, int[] lengths, int[] places) =>
        allGather(inPlace, 0, ofByte, ref MemoryMarshal.GetReference(all), lengths, places, ofByte, world);

    /// <summary>Ends all processes at once.</summary>
    public void Abort(int code) => Function<WithCode>("MPI_Abort")(world, code);

    public void Finish() => Function<WithoutArgument>("MPI_Finalize")();

    private int Of(string function)
    {
        Function<OfCommunicator>(function)(world, out int value);
        return value;
    }

    private T Function<T>(string name) where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
