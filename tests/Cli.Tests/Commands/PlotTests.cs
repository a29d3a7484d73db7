using System.Globalization;
using System.Xml.Linq;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>Runs are plotted from what their folders hold; the drawing itself is tested with the viewer.</summary>
public sealed class PlotTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    private readonly TemporaryFolder folder = trained.Folder;

    [Fact]
    public void PlotsAnEvaluatedRunAsNumbersAndAPicture()
    {
        string evaluation = folder.In("run", "evaluation.json");
        Assert.Equal(0, MamlCommand.Run("eval", folder.In("run"), "--steps", "1", "--episodes", "2", "--json", evaluation).Code);
        ProcessResult numbers = Plot("a.csv"), picture = Plot("a.svg");
        File.Delete(evaluation);

        Assert.Equal((0, 0), (numbers.Code, picture.Code));
        string[] lines = File.ReadAllLines(folder.In("a.csv"));
        Assert.Equal("panel,series,run,x,return,low,high", lines[0]);
        IEnumerable<string> adaptation = lines.Where(line => line.StartsWith("adaptation,run,", StringComparison.Ordinal));
        Assert.Equal(["0", "1"], adaptation.Select(line => line.Split(',')[3]));
        Assert.Contains(lines, line => line.StartsWith("adaptation,optimal control,,,-0.54", StringComparison.Ordinal));
        Assert.Equal("svg", XDocument.Load(folder.In("a.svg")).Root!.Name.LocalName);
    }

    [Fact]
    public void PlotsOverEnvironmentStepsAndSeconds()
    {
        string[][] metrics = [.. File.ReadLines(folder.In("run", "metrics.csv")).Select(line => line.Split(','))];
        int column = Array.IndexOf(metrics[0], "live_steps");
        Assert.Equal(0, MamlCommand.Run("plot", folder.In("run"), "--out", folder.In("steps.csv"), "--x", "steps").Code);
        string last = File.ReadLines(folder.In("steps.csv")).Last(line => line.StartsWith("learning,run,", StringComparison.Ordinal));
        double steps = metrics[1..].Sum(row => double.Parse(row[column], CultureInfo.InvariantCulture));
        Assert.Equal(steps, double.Parse(last.Split(',')[3], CultureInfo.InvariantCulture));
        Assert.Equal(0, MamlCommand.Run("plot", folder.In("run"), "--out", folder.In("seconds.svg"), "--x", "seconds").Code);
    }

    [FactWithOpenGl]
    public void PlotsPixels()
    {
        Assert.Equal(0, Plot("a.png").Code);
        Assert.Equal("89504E47", Convert.ToHexString(File.ReadAllBytes(folder.In("a.png")).AsSpan(0, 4)));
    }

    [Fact]
    public void SaysWhichRunHasNoAdaptationCurveYetAndHowItGetsOne()
    {
        ProcessResult result = Plot("b.csv");
        Assert.Equal(0, result.Code);
        Assert.Contains($"maml eval {folder.In("run")} --json", result.Output, StringComparison.Ordinal);
        Assert.All(File.ReadLines(folder.In("b.csv")).Skip(1), line => Assert.StartsWith("learning,", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("metrics.csv", "iteration,query_return\n1,2\n2,x\n", "Row 2 of")]
    [InlineData("metrics.csv", "iteration,query_return\n1\n", "Row 1 of")]
    [InlineData("metrics.csv", "iteration,query_return\n1,2\n1,2\n", "has iterations twice or out of order")]
    [InlineData("metrics.csv", "iteration,query_return\n1,2\n2,NaN\n", "Row 2 of")]
    [InlineData("metrics.csv", "iteration,query_return\n", "holds no iteration yet")]
    [InlineData("metrics.csv", "", "holds no iteration yet")]
    [InlineData("metrics.csv", "a,b\n1,2\n", "is not a table of metrics")]
    [InlineData("metrics.csv", null, "it has no metrics.csv")]
    [InlineData("config.json", null, "it has no config.json")]
    [InlineData("config.json", "{", "not valid JSON")]
    [InlineData("evaluation.json", "{}", "evaluation.json is damaged")]
    [InlineData("evaluation.json", "{\"steps\": [{\"returns\": [\"one\"]}]}", "evaluation.json is damaged")]
    [InlineData("evaluation.json", "{\"steps\": []}", "evaluation.json is damaged")]
    public void ADamagedRunIsToldInOneLine(string file, string? content, string saying)
    {
        string run = folder.In("damaged");
        Directory.CreateDirectory(run);
        foreach (string whole in new[] { "config.json", "metrics.csv" })
            File.Copy(folder.In("run", whole), Path.Combine(run, whole), overwrite: true);
        File.Delete(Path.Combine(run, "evaluation.json"));
        if (content is null) File.Delete(Path.Combine(run, file));
        else File.WriteAllText(Path.Combine(run, file), content);
        MamlCommand.Run("plot", run, "--out", folder.In("c.csv")).MustFail(2, saying);
        Assert.False(File.Exists(folder.In("c.csv")));
    }

    private ProcessResult Plot(string file) => MamlCommand.Run("plot", folder.In("run"), "--out", folder.In(file), "--theme", "light");
}
