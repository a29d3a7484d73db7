using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

public sealed class DeviceTests
{
    [TheoryWithoutCuda]
    [InlineData("train SMALL --out FOLDER/run --device cuda")]
    [InlineData("demo --out FOLDER/run --device cuda")]
    [InlineData("bench --device cuda")]
    [InlineData("bench envs --device cuda")]
    public void ADeviceThatIsNotThereIsWrongInput(string arguments)
    {
        using var folder = new TemporaryFolder();
        ProcessResult result = MamlProcess.Run(folder.Words(arguments));

        result.MustFail(2, "there is no CUDA device that this libtorch can use");
        Assert.Empty(result.Output);
        Assert.False(Directory.Exists(folder.In("run")));
    }
}
