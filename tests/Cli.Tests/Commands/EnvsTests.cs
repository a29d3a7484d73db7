using System.Text.Json;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Tests;

public sealed class EnvsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ListsEveryEnvironmentWithUnitsAndBounds()
    {
        ProcessResult result = MamlCommand.Run("envs");

        Assert.Equal(0, result.Code);
        foreach (string name in TaskFamilies.ByName.Keys) Assert.Contains(name, result.Output, StringComparison.Ordinal);
        Assert.Contains("payload [0, 1] kg", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void DescribesOneAsJson()
    {
        using JsonDocument document = JsonDocument.Parse(MamlCommand.Run("envs", "acrobot", "--json").Output);

        Assert.Equal("acrobot", document.RootElement.GetProperty("name").GetString());
        Assert.Equal(500, document.RootElement.GetProperty("horizon").GetInt32());
        Assert.Equal(4 * Math.PI, document.RootElement.GetProperty("state")[2].GetProperty("high").GetDouble());
    }

    [Fact]
    public void DynamicsThatAreTheSamePassAndOthersFailWithOneLine()
    {
        string same = folder.In("same.safetensors"), other = folder.In("other.safetensors");
        Assert.Equal(0, MamlCommand.Run("dynamics", "record", "arm-goals", "--out", same, "--tasks", "2", "--steps", "5").Code);
        GoldenDynamics golden = GoldenFile.Read(same);
        golden.Next[6][2] += 0.5;
        GoldenFile.Write(other, golden);

        ProcessResult passed = MamlCommand.Run("dynamics", "check", same), failed = MamlCommand.Run("dynamics", "check", same, other);

        Assert.Equal(0, passed.Code);
        Assert.Contains("10 steps are the same", passed.Output, StringComparison.Ordinal);
        Assert.Equal(1, failed.Code);
        Assert.Contains("task 1, step 1: velocity_1", failed.Output, StringComparison.Ordinal);
        Assert.Contains("off by 0.5", failed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("envs arm-goal", "did you mean 'arm-goals'")]
    [InlineData("dynamics record chess --out x", "There is no environment 'chess'")]
    [InlineData("dynamics record arm-goals", "--out")]
    [InlineData("dynamics record arm-goals --out nowhere/x", "There is no folder")]
    [InlineData("dynamics check nowhere.safetensors", "There is no file nowhere.safetensors")]
    [InlineData("bench envs chess", "There is no environment 'chess'")]
    public void WrongInputIsOneLineAndExitCodeTwo(string arguments, string saying) =>
        MamlCommand.Run(arguments.Split(' ')).MustFail(2, saying);

    [Fact]
    public void FilesThatAreNoRecordingsAreRefused()
    {
        string path = folder.In("a.safetensors");
        MamlCommand.Run("dynamics", "record", "maml-nav", "--out", path);
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        MamlCommand.Run("dynamics", "check", path).MustFail(2, "is damaged");
        MamlCommand.Run("dynamics", "check", folder.In("small.json")).MustFail(2, "small.json");
    }

    [Theory]
    [InlineData("maml-nav")]
    [InlineData("arm-goals")]
    [InlineData("arm-payloads")]
    [InlineData("arm-friction")]
    [InlineData("arm-gravity")]
    [InlineData("arm-links")]
    [InlineData("dmc-reacher-easy")]
    [InlineData("focal-wind")]
    [InlineData("norml-rotation")]
    [InlineData("pearl-point")]
    [InlineData("pearl-point-sparse")]
    [InlineData("promp-corners")]
    public void AFamilyNamesItsConfigurationWhichTakesTheFamilysActionUnit(string family)
    {
        const string Hint = "train it with: maml train ";
        string[] lines = MamlCommand.Run("envs", family).Output.Split('\n');
        string[] named = [.. lines.Where(line => line.StartsWith(Hint, StringComparison.Ordinal))];
        Assert.NotEmpty(named);
        Assert.All(named, line =>
        {
            string printed = MamlCommand.Run("config", Path.Combine(AppContext.BaseDirectory, line[Hint.Length..].Trim())).Output;
            Assert.Contains($"\"environment\": \"{family}\"", printed, StringComparison.Ordinal);
            Assert.DoesNotContain("\"actionUnit\": 0,", printed, StringComparison.Ordinal);
        });
    }
}
