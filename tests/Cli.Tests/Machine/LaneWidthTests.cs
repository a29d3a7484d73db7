using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Tests;

/// <summary>
/// The runtime's own switches take registers away from the simulator, the noise and the rollouts' policy, as on an older
/// processor, and the program chooses narrower ones. A training is the same to the last digit.
/// </summary>
public sealed class LaneWidthTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("maml-nav", "relu", "DOTNET_EnableAVX512", 256)]
    [InlineData("arm-goals", "tanh", "DOTNET_EnableAVX512", 256)]
    [InlineData("maml-nav", "tanh", "DOTNET_EnableAVX2", 128)]
    [InlineData("maml-nav", "tanh", "DOTNET_EnableHWIntrinsic", 128)]
    public void ATrainingDoesNotDependOnTheProcessorsRegisters(string environment, string activation, string feature, int bits)
    {
        string[] settings = ["environment=" + environment, "activation=" + activation, "hiddenSizes=[20]", "trajectoriesPerTask=21"];
        Assert.Equal("", MamlCommand.Run([.. folder.Train("wide", 2), .. settings]).Error);
        using (MamlProcess narrow = MamlProcess.Start([(feature, "0")], [.. folder.Train("narrow", 2), .. settings]))
            Assert.Equal("", narrow.Wait().Error);
        Assert.Equal(folder.Metrics("wide"), folder.Metrics("narrow"));
        // Or a width would have been compared with itself.
        int width = Math.Min(bits, LaneWidth.Bits);
        Assert.Equal(width.ToString(CultureInfo.InvariantCulture), MachineFile.Last(folder.In("narrow", "machine.json"), "registerBits"));
    }

    public void Dispose() => folder.Dispose();
}
