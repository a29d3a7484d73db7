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
    [InlineData("algorithms")]
    [InlineData("envs")]
    [InlineData("data")]
    [InlineData("data check")]
    [InlineData("dynamics")]
    [InlineData("bench")]
    [InlineData("bench view")]
    [InlineData("results")]
    [InlineData("sweep")]
    [InlineData("report")]
    [InlineData("test")]
    [InlineData("help")]
    public void EveryCommandEndsItsHelpWithAnExample(string command)
    {
        ProcessResult result = MamlCommand.Run([.. command.Split(' '), "--help"]);

        Assert.Equal(0, result.Code);
        Assert.Empty(result.Error);
        Assert.Contains($"maml {command}", result.Output.Split("Examples:")[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("train")]
    [InlineData("bench size")]
    public void TheWordHelpIsTheOptionHelp(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ProcessResult word = MamlCommand.Run(["help", .. words]), option = MamlCommand.Run([.. words, "--help"]);
        Assert.Equal((0, ""), (word.Code, word.Error));
        Assert.Equal(option.Output, word.Output);
    }

    /// <summary>What the help tells a newcomer to run, runs.</summary>
    [Fact]
    public void TheHelpNamesWhatANewcomerAsksFirst()
    {
        using var folder = new TemporaryFolder();
        string help = MamlCommand.Run("help").Output;
        Assert.Contains("examples/AdaptedPolicy", help, StringComparison.Ordinal);
        Assert.Contains("Why do two runs differ?", help, StringComparison.Ordinal);
        string command = help.Split('\n').Single(line => line.Contains("maml train configs/", StringComparison.Ordinal));
        string configuration = Path.Combine(AppContext.BaseDirectory, command.Trim().Split(' ')[^1]);
        ProcessResult trained = MamlCommand.Run(
            "train", configuration, "--out", folder.In("run"), "--set", "iterations=1", "metaBatchSize=1", "validationTasks=1");
        Assert.Equal(0, trained.Code);
        Assert.Contains("\"arm-goals\"", File.ReadAllText(folder.In("run", "config.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void TheConfigurationPrintedIsOneToTrainFrom()
    {
        using var folder = new TemporaryFolder();
        ProcessResult printed = MamlCommand.Run("config", folder.In("small.json"), "--set", "iterations=9", "discount=0.5");
        File.WriteAllText(folder.In("printed.json"), printed.Output);

        Assert.Contains("\"iterations\": 9", printed.Output, StringComparison.Ordinal);
        Assert.Equal(printed.Output, MamlCommand.Run("config", folder.In("printed.json")).Output);
    }
}
