namespace MamlRobotics.Cli.Tests;

/// <summary>
/// The runtime's own switches take registers away from the simulator, the noise and the rollouts' policy, as on an older
/// processor: sixteen lanes of an operation then run as two of eight, or one by one. A training is the same to the last digit.
/// </summary>
public sealed class LaneWidthTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("maml-nav", "relu", "DOTNET_EnableAVX512")]
    [InlineData("arm-goals", "tanh", "DOTNET_EnableAVX512")]
    [InlineData("maml-nav", "tanh", "DOTNET_EnableHWIntrinsic")]
    public void ATrainingDoesNotDependOnTheProcessorsRegisters(string environment, string activation, string feature)
    {
        string[] settings = ["environment=" + environment, "activation=" + activation, "hiddenSizes=[20]", "trajectoriesPerTask=21"];
        using (MamlProcess wide = MamlProcess.Start([.. folder.Train("wide", 2), .. settings])) Assert.Equal("", wide.Wait().Error);
        using (MamlProcess narrow = MamlProcess.Start([(feature, "0")], [.. folder.Train("narrow", 2), .. settings]))
            Assert.Equal("", narrow.Wait().Error);
        Assert.Equal(folder.Metrics("wide"), folder.Metrics("narrow"));
    }

    public void Dispose() => folder.Dispose();
}
