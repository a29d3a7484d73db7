namespace MamlRobotics.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("demo")]
    [InlineData("train")]
    [InlineData("eval")]
    [InlineData("view")]
    [InlineData("render")]
    [InlineData("record")]
    [InlineData("plot")]
    [InlineData("config")]
    [InlineData("envs")]
    [InlineData("dynamics")]
    [InlineData("bench")]
    [InlineData("bench view")]
    [InlineData("results")]
    [InlineData("test")]
    public void EveryCommandEndsItsHelpWithAnExample(string command)
    {
        ProcessResult result = MamlProcess.Run([.. command.Split(' '), "--help"]);

        Assert.Equal(0, result.Code);
        Assert.Empty(result.Error);
        Assert.Contains($"maml {command}", result.Output.Split("Examples:")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void TheConfigurationPrintedIsOneToTrainFrom()
    {
        using var folder = new TemporaryFolder();
        ProcessResult printed = MamlProcess.Run("config", folder.In("small.json"), "--set", "iterations=9", "discount=0.5");
        File.WriteAllText(folder.In("printed.json"), printed.Output);

        Assert.Contains("\"iterations\": 9", printed.Output, StringComparison.Ordinal);
        Assert.Equal(printed.Output, MamlProcess.Run("config", folder.In("printed.json")).Output);
    }
}
