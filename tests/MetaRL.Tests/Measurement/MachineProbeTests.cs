namespace MamlRobotics.MetaRL.Tests;

public class MachineProbeTests
{
    /// <summary>Wide bounds, which any machine keeps unless a unit or a count is wrong.</summary>
    [Fact]
    public void Peaks_are_in_the_units_that_they_say()
    {
        Assert.InRange(MachineProbe.LargeProductGflops(CPU, side: 256), 0.01, 1e6);
        Assert.InRange(MachineProbe.CopyGBs(CPU, numbers: 1 << 20), 0.01, 1e5);
    }
}
