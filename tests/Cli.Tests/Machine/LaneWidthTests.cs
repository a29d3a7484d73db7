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
    [InlineData("maml-nav", "relu", "DOTNET_EnableAVX512")]
    [InlineData("arm-goals", "tanh", "DOTNET_EnableAVX512")]
    [InlineData("maml-nav", "tanh", "DOTNET_EnableAVX2")]
    [InlineData("maml-nav", "tanh", "DOTNET_EnableHWIntrinsic")]
    public void ATrainingDoesNotDependOnTheProcessorsRegisters(string environment, string activation, string feature)
    {
        string[] settings = ["environment=" + environment, "activation=" + activation, "hiddenSizes=[20]", "trajectoriesPerTask=21"];
        using (MamlProcess wide = MamlProcess.Start([.. folder.Train("wide", 2), .. settings])) Assert.Equal("", wide.Wait().Error);
        using (MamlProcess narrow = MamlProcess.Start([(feature, "0")], [.. folder.Train("narrow", 2), .. settings]))
            Assert.Equal("", narrow.Wait().Error);
        Assert.Equal(folder.Metrics("wide"), folder.Metrics("narrow"));
    }

    /// <summary>Or the test above would compare a width with itself.</summary>
    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 128)]
    public void TheSwitchesTakeTheWidthThatTheyName(string feature, int bits)
    {
        if (LaneWidth.Bits <= bits) return;
        using MamlProcess process = MamlProcess.Start(
            [(feature, "0")], ["bench", "envs", "maml-nav", "--seconds", "0.01", "--threads", "1"]);
        Assert.Contains($"registers of {bits} bits", process.Wait().Output);
    }

    public void Dispose() => folder.Dispose();
}
