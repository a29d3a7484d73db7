using System.Runtime.Intrinsics.X86;

namespace MamlRobotics.Envs;

/// <summary>
/// The width of the registers that the simulator, the random draws and the rollouts' policy run with. It is a constant of
/// the compiled code, so that nothing is chosen anew at each step. No result depends on it.
/// </summary>
public static class LaneWidth
{
    /// <summary>
    /// The widest that the processor has. <c>Vector512.IsHardwareAccelerated</c> would not do: it is false on processors where .NET itself
    /// prefers narrower registers, and code that names the wide ones runs with them there nevertheless.
    /// </summary>
    public static int Bits => Avx512F.IsSupported ? 512 : Avx2.IsSupported ? 256 : 128;

    /// <summary>Floats in a register.</summary>
    public static int Lanes => Bits / (8 * sizeof(float));
}
