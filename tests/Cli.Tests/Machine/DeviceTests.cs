using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

public sealed class DeviceTests
{
    [TheoryWithoutCuda]
    [InlineData("train SMALL --out RUN --device cuda")]
    [InlineData("demo --out RUN --device cuda")]
    [InlineData("bench --device cuda")]
    [InlineData("bench envs --device cuda")]
    public void ADeviceThatIsNotThereIsWrongInput(string arguments)
    {
        using var folder = new TemporaryFolder();
        string[] words = [.. arguments.Split(' ').Select(word => word.Replace("SMALL", folder.In("small.json"), StringComparison.Ordinal).Replace("RUN", folder.In("run"), StringComparison.Ordinal))];
        ProcessResult result = MamlProcess.Run(words);

        result.MustFail(2, "there is no CUDA device that this libtorch can use");
        Assert.Empty(result.Output);
        Assert.False(Directory.Exists(folder.In("run")));
    }
}
