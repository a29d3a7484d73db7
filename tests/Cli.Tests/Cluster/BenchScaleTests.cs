using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>`maml bench scale` on iterations of milliseconds.</summary>
public sealed class BenchScaleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void MeasuresThisProcessAlone()
    {
        ProcessResult result = MamlCommand.Run("bench", "scale", folder.In("small.json"), "--here", "--iterations", "1");
        Assert.Equal(("", 0), (result.Error, result.Code));
        string[] lines = result.Output.TrimEnd().Split('\n');
        Assert.StartsWith("processes x threads", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("1 x 1", lines[1], StringComparison.Ordinal);
    }

    [FactWith("mpirun")]
    public void MeasuresProcessesAndPredictsMachines()
    {
        ProcessResult result = MamlProcess.Run(
            "bench", "scale", folder.In("small.json"), "--iterations", "1", "--turns", "1", "--machines", "3", "--processes", "2",
            "--json", folder.In("scale.json"));
        Assert.Equal(0, result.Code);
        string[] lines = result.Output.TrimEnd().Split('\n');
        int at = Array.FindIndex(lines, line => line.StartsWith("processes x threads", StringComparison.Ordinal));
        Assert.Equal(["1 x 1", "2 x 1", "1 x 2"], lines[(at + 1)..(at + 4)].Select(line => line[..5]));
        Assert.StartsWith("machines", lines[^4], StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3"], lines[^3..].Select(line => line.Split(' ')[0]));
        Assert.EndsWith("100 %", lines[^3], StringComparison.Ordinal);
        Assert.Contains("\"processes\": 2", File.ReadAllText(folder.In("scale.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bench scale --latency none", "--latency must be a number above 0, not 'none'")]
    [InlineData("bench scale --bandwidth 0", "--bandwidth must be a number above 0, not '0'")]
    [InlineData("bench scale --machines 1", "--machines must be a whole number between 2 and")]
    [InlineData("bench scale nowhere.json", "nowhere.json")]
    [InlineData("bench scale --set metaBatchSize=none", "metaBatchSize must be a whole number")]
    public void WrongInputIsTold(string command, string saying) => MamlCommand.Run(folder.Words(command)).MustFail(2, saying);

    [Fact]
    public void AMissingMpirunIsNamed()
    {
        string[] elsewhere = ["env", "PATH=/nowhere", Environment.ProcessPath!, MamlProcess.ProgramPath];
        using MamlProcess process = MamlProcess.StartCommand(
            [.. elsewhere, "bench", "scale", folder.In("small.json"), "--iterations", "1", "--turns", "1"]);
        ProcessResult result = process.Wait();
        Assert.Equal(2, result.Code);
        Assert.Contains("maml: There is no mpirun here", result.Error, StringComparison.Ordinal);
    }
}
