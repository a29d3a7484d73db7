using System.Runtime.Intrinsics.X86;

namespace MamlRobotics.Envs;

/// <summary>
/// The width of the registers that the simulator, the random draws and the rollouts' policy compute with. It is a constant of the compiled
/// code, so that no choice is made at each step. No result depends on it.
/// </summary>
public static class LaneWidth
{
    /// <summary>
    /// The width of the processor's widest registers. <c>Vector512.IsHardwareAccelerated</c> is no substitute. It is false on processors
    /// where .NET itself prefers narrower registers, although code that asks for the wide ones runs with them there.
    /// </summary>
    public static int Bits => Avx512F.IsSupported ? 512 : Avx2.IsSupported ? 256 : 128;

    /// <summary>Number of floats in a register.</summary>
    public static int Lanes => Bits / (8 * sizeof(float));
}
