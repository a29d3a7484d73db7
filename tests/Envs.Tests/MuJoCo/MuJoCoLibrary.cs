using System.Runtime.InteropServices;
using System.Text;

namespace MamlRobotics.Envs.Tests;

/// <summary>What the tests call of MuJoCo's C interface (mujoco.h).</summary>
internal static class MuJoCoLibrary
{
    private const string Library = "libmujoco.so.2.2.2";

    // The places of data that mj_step reads and writes, in bytes from the start of mjData. They hold for this version alone.
    private const int Version = 222, Positions = 40376, Velocities = 40384, Controls = 40408;

    /// <summary>Why the tests cannot run here; null where they can.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>Compiles a model.</summary>
    /// <param name="file">Name of a file in MuJoCo's XML format</param>
    public static (nint Model, nint Data) Load(string file)
    {
        var problem = new byte[1000];
        nint model = LoadXml(file, 0, problem, problem.Length);
        return model != 0 ? (model, MakeData(model)) : throw new ArgumentException(Encoding.UTF8.GetString(problem).TrimEnd('\0'));
    }

    public static void Free((nint Model, nint Data) simulation)
    {
        DeleteData(simulation.Data);
        DeleteModel(simulation.Model);
    }

    /// <summary>Sets the state and the controls, and returns the state after one step.</summary>
    /// <param name="state">Positions and then velocities of the joints, rad and rad/s</param>
    /// <param name="controls">[actuators]</param>
    public static double[] Step((nint Model, nint Data) simulation, double[] state, double[] controls, int steps)
    {
        int joints = state.Length / 2;
        (nint positions, nint velocities) = (Pointer(simulation.Data, Positions), Pointer(simulation.Data, Velocities));
        Marshal.Copy(state, 0, positions, joints);
        Marshal.Copy(state, joints, velocities, joints);
        Marshal.Copy(controls, 0, Pointer(simulation.Data, Controls), controls.Length);
        for (int step = 0; step < steps; step++) Step(simulation.Model, simulation.Data);
        var next = new double[state.Length];
        Marshal.Copy(positions, next, 0, joints);
        Marshal.Copy(velocities, next, joints, joints);
        return next;
    }

    private static nint Pointer(nint data, int offset) => Marshal.ReadIntPtr(data + offset);

    private static string? FindMissing()
    {
        const string Remedy = "on Debian 12: apt-get install libmujoco-dev";
        if (!NativeLibrary.TryLoad(Library, out _)) return $"There is no {Library} on this machine; {Remedy}.";
        return ReadVersion() == Version ? null : $"{Library} is of another version; {Remedy}.";
    }

    [DllImport(Library, EntryPoint = "mj_version")]
    private static extern int ReadVersion();

    [DllImport(Library, EntryPoint = "mj_loadXML")]
    private static extern nint LoadXml([MarshalAs(UnmanagedType.LPUTF8Str)] string file, nint virtualFiles, byte[] problem, int size);

    [DllImport(Library, EntryPoint = "mj_makeData")]
    private static extern nint MakeData(nint model);

    [DllImport(Library, EntryPoint = "mj_step")]
    private static extern void Step(nint model, nint data);

    [DllImport(Library, EntryPoint = "mj_deleteData")]
    private static extern void DeleteData(nint data);

    [DllImport(Library, EntryPoint = "mj_deleteModel")]
    private static extern void DeleteModel(nint model);
}

/// <summary>A fact that needs MuJoCo, skipped where it is not installed.</summary>
internal sealed class FactWithMuJoCoAttribute : FactAttribute
{
    public FactWithMuJoCoAttribute() => Skip = MuJoCoLibrary.Missing;
}

/// <summary>A theory that needs MuJoCo, skipped where it is not installed.</summary>
internal sealed class TheoryWithMuJoCoAttribute : TheoryAttribute
{
    public TheoryWithMuJoCoAttribute() => Skip = MuJoCoLibrary.Missing;
}
