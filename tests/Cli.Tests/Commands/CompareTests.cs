using System.Text.Json;

namespace MamlRobotics.Cli.Tests;

/// <summary>`maml eval --compare` on two seeds of one small configuration and a run of another.</summary>
public sealed class CompareTests(ThreeRuns runs) : IClassFixture<ThreeRuns>
{
    private readonly TemporaryFolder folder = runs.Folder;

    [Fact]
    public void ComparesLearnersOnTheTasksThatEachIsEvaluatedOn()
    {
        ProcessResult result = Compare("a", "b", "c", "--json", folder.In("result.json"));
        Assert.Equal(0, result.Code);
        Assert.Contains("5 tasks (heldout:5)", result.Output, StringComparison.Ordinal);
        Assert.Contains("whole runs and tasks", result.Output, StringComparison.Ordinal);
        Assert.Contains("probability of improvement", result.Output, StringComparison.Ordinal);
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(folder.In("result.json")));
        JsonElement[] learners = [.. file.RootElement.GetProperty("learners").EnumerateArray()];
        Assert.Equal([2, 1], learners.Select(learner => learner.GetProperty("runs").GetArrayLength()));
        double[][] first = Scores(learners[0], step: 1), second = Scores(learners[1], step: 1);
        // The comparison evaluates each run as the command without it does.
        Assert.Equal(Evaluated("a", step: 1), first[0]);
        Assert.Equal(Evaluated("c", step: 1), second[0]);
        JsonElement pair = file.RootElement.GetProperty("pairs").EnumerateArray().Single(pair => pair.GetProperty("step").GetInt32() == 1);
        double wins = first.Average(run => run.Zip(second[0]).Average(task => task.Second > task.First ? 1 : 0));
        Assert.Equal(wins, pair.GetProperty("probability_of_improvement").GetProperty("value").GetDouble(), 1e-12);
        double difference = second[0].Average() - first.Average(run => run.Average());
        Assert.Equal(difference, pair.GetProperty("difference").GetProperty("value").GetDouble(), 1e-9);
    }

    [Fact]
    public void TheSameCommandPrintsTheSameIntervals() =>
        Assert.Equal(Compare("a", "c").Output, Compare("a", "c").Output);

    [Fact]
    public void MetaWorldsProtocolCountsEpisodesThatReachAReturn()
    {
        ProcessResult all = MamlCommand.Run("eval", folder.In("a"), "--protocol", "meta-world", "--solved", "-1000", "--steps", "1");
        Assert.Equal(0, all.Code);
        Assert.Contains("100 % [100, 100]", all.Output, StringComparison.Ordinal);
        ProcessResult none = MamlCommand.Run("eval", folder.In("a"), "--protocol", "meta-world", "--solved", "0", "--steps", "1");
        Assert.Contains("0 % [0, 0]", none.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("100 %", none.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AProfileIsTheShareOfRunsAndTasksThatReturnMore()
    {
        EvaluateAll();
        ProcessResult plot = MamlCommand.Run(
            "plot", folder.In("a"), folder.In("b"), folder.In("c"), "--profile", "--step", "1", "--out", folder.In("profile.csv"));
        Assert.Equal(("", 0), (plot.Error, plot.Code));
        string[][] rows = [.. File.ReadLines(folder.In("profile.csv")).Skip(1).Select(line => line.Split(','))];
        // The names of the first learner's runs have no common start, so it has the path of its first run.
        Assert.Equal([$"{folder.In("a")} · 2 seeds", "c"], rows.Select(row => row[1]).Distinct());
        double[] returns = Returns("c", step: 1);
        foreach (string[] row in rows.Where(row => row[1] == "c"))
        {
            double[] numbers = [.. row[3..].Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))];
            Assert.Equal(returns.Average(value => value > numbers[0] ? 1 : 0), numbers[1], 1e-12);
            Assert.InRange(numbers[1], numbers[2], numbers[3]);
        }
        Refuses("take --step 1 or less", "--profile", "--step", "7");
        Refuses("leave it out", "--profile", "--x", "steps");
        Refuses("without --profile", "--step", "1");
        Refuses("not 'x'", "--profile", "--step", "x");

        void Refuses(string saying, params string[] options) =>
            MamlCommand.Run(["plot", folder.In("a"), "--out", folder.In("p.svg"), .. options]).MustFail(2, saying);
    }

    [Fact]
    public void AReportIsOnePageThatNeedsNothingElse()
    {
        EvaluateAll();
        string page = folder.In("report.html");
        File.WriteAllBytes(folder.In("c", "look.png"), [1, 2, 3]);
        ProcessResult result = MamlCommand.Run("report", folder.In("a"), folder.In("b"), folder.In("c"), "--out", page);
        Assert.Equal(("", 0), (result.Error, result.Code));
        string html = File.ReadAllText(page);
        Assert.DoesNotMatch("(src|href|srcset)=\"(?!data:)", html);
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,AQID", html, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
        Assert.Contains("<code>hiddenSizes</code>", html, StringComparison.Ordinal);
        // The table is that of `maml results`.
        string last = MamlCommand.Run("results", folder.In("c")).Output.TrimEnd().Split('\n')[^1];
        string[] cells = last.Split('|', StringSplitOptions.TrimEntries);
        foreach (string cell in cells[1..^1]) Assert.Contains($">{cell.Replace("±", "&#177;", StringComparison.Ordinal)}</td>", html);
    }

    [Fact]
    public void AReportOfRunsWithoutEvaluationSaysHowToMakeOne()
    {
        using var other = new TemporaryFolder();
        Assert.Equal(0, MamlCommand.Run(other.Train("run", 2)).Code);
        ProcessResult result = MamlCommand.Run("report", other.In("run"), "--out", other.In("report.html"));
        Assert.Equal(0, result.Code);
        Assert.Contains($"evaluate it with: maml eval {other.In("run")} --json", result.Output, StringComparison.Ordinal);
        MamlCommand.Run("report", other.In("run"), "--out", other.In("report.pdf")).MustFail(2, "name the file report.html");
        MamlCommand.Run("report", other.In("nothing"), "--out", other.In("report.html")).MustFail(2, "There is no run folder");
        MamlCommand.Run("report", other.In("run"), "--out", other.In("no", "report.html")).MustFail(2, "There is no folder");
        MamlCommand.Run("report", other.In("run")).MustFail(2, "--out");
        MamlCommand.Run("report", "--out", other.In("report.html")).MustFail(2, "RUN is missing");
    }

    [Theory]
    [InlineData("eval A B", "add --compare, or give one")]
    [InlineData("eval A --solved -3", "add --compare, or leave it out")]
    [InlineData("eval A --bootstrap stratified", "add --compare, or leave it out")]
    [InlineData("eval A B --compare --bootstrap jackknife", "--bootstrap must be runs-and-tasks or stratified, not 'jackknife'")]
    [InlineData("eval A C --compare --bootstrap stratified", "needs two or more of each learner")]
    [InlineData("eval A --protocol atari", "--protocol must be meta-world, not 'atari'")]
    [InlineData("eval A --protocol meta-world --episodes 5", "leave out --episodes")]
    [InlineData("eval A --compare --solved often", "--solved must be a number, not 'often'")]
    [InlineData("eval A A --compare", "have the same configuration and seed")]
    [InlineData("eval A nowhere --compare", "There is no file nowhere")]
    public void WrongInputIsToldInOneLine(string command, string saying)
    {
        string[] words =
        [
            .. command.Split(' ').Select(word => word is "A" or "B" or "C" ? folder.In(word.ToLowerInvariant()) : word),
        ];
        ProcessResult result = MamlCommand.Run(words);
        result.MustFail(2, saying);
        Assert.Empty(result.Output);
    }

    private ProcessResult Compare(params string[] arguments) => MamlCommand.Run(
    [
        "eval", .. arguments.Select(word => word.Length == 1 ? folder.In(word) : word), "--compare", "--tasks", "heldout:5",
        "--steps", "1", "--episodes", "2", "--threads", "1", "--device", "cpu",
    ]);

    private void EvaluateAll()
    {
        foreach (string run in (string[])["a", "b", "c"]) Evaluated(run, step: 1);
    }

    private double[] Evaluated(string run, int step)
    {
        string json = folder.In(run, "evaluation.json");
        Assert.Equal(0, MamlCommand.Run(
            "eval", folder.In(run), "--tasks", "heldout:5", "--steps", "1", "--episodes", "2", "--device", "cpu", "--json", json).Code);
        return Returns(run, step);
    }

    private double[] Returns(string run, int step)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(folder.In(run, "evaluation.json")));
        return Numbers(file.RootElement.GetProperty("steps")[step].GetProperty("returns"));
    }

    private static double[][] Scores(JsonElement learner, int step) =>
        [.. learner.GetProperty("steps")[step].GetProperty("scores").EnumerateArray().Select(Numbers)];

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];
}

/// <summary>Two seeds of one configuration, a and b, and a run of another, c.</summary>
public sealed class ThreeRuns : IDisposable
{
    internal TemporaryFolder Folder { get; } = new();

    public ThreeRuns()
    {
        Assert.Equal(0, MamlCommand.Run(Folder.Train("a", 5)).Code);
        Assert.Equal(0, MamlCommand.Run([.. Folder.Train("b", 5), "--seed", "2"]).Code);
        Assert.Equal(0, MamlCommand.Run([.. Folder.Train("c", 5), "hiddenSizes=[4]"]).Code);
    }

    public void Dispose() => Folder.Dispose();
}
