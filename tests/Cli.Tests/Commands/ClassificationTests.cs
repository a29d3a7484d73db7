using System.Globalization;

namespace MamlRobotics.Cli.Tests;

/// <summary>Few-shot classification from the command line, on characters that need no data.</summary>
public sealed class ClassificationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TrainsAndEvaluatesOnCharactersThatTrainingDidNotSee()
    {
        string run = Train("prototypical");

        ProcessResult result = MamlCommand.Run("eval", run, "--episodes", "20", "--ways", "3", "--shots", "2", "--threads", "1");

        Assert.Equal(0, result.Code);
        Assert.StartsWith("20 episodes of 3 ways and 2 shots of strokes-test", result.Output, StringComparison.Ordinal);
        string row = Assert.Single(result.Output.Split('\n'), line => line.StartsWith("0 ", StringComparison.Ordinal));
        double accuracy = double.Parse(row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        // Even features of random weights tell strokes apart better than a guess among three.
        Assert.InRange(accuracy, 40, 100);

        string[] evaluate = ["eval", run, "--episodes", "20", "--json", Path.Combine(run, "evaluation.json")];
        Assert.Equal(0, MamlCommand.Run(evaluate).Code);
        Assert.Matches(@"\| \d+\.\d\d ±[\d.]+ % \|$", MamlCommand.Run("results", run).Output.TrimEnd());
        Assert.Equal(0, MamlCommand.Run("plot", run, "--out", folder.In("a.svg")).Code);
        Assert.Contains("Accuracy by gradient step on 20 test tasks", File.ReadAllText(folder.In("a.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherWaysThanTheNetworkHasOutputsAndDataThatIsNotThereAreRefused()
    {
        string run = Train("maml");

        MamlCommand.Run("eval", run, "--ways", "7").MustFail(2, "train one with ways=7");
        MamlCommand.Run("eval", run, "--deterministic").MustFail(2, "leave out --deterministic");
        string[] train = ["train", folder.In("maml.json"), "--set", "trainingData=no-such-set", "--out", folder.In("absent")];
        MamlCommand.Run(train).MustFail(2, "There is no data set 'no-such-set'");
    }

    [Fact]
    public void AMemoryAugmentedNetworkIsEvaluatedByTheNumberOfAPictureAmongThoseOfItsClass()
    {
        string run = Train("mann");

        ProcessResult result = MamlCommand.Run("eval", run, "--episodes", "8", "--steps", "3", "--threads", "1");

        Assert.Equal(0, result.Code);
        Assert.StartsWith("8 episodes of 3 ways and 4 pictures of each class of strokes-test", result.Output, StringComparison.Ordinal);
        IEnumerable<string> table =
            result.Output.Split('\n').SkipWhile(line => !line.StartsWith("picture of its class", StringComparison.Ordinal));
        Assert.Equal(["1", "2", "3", "4"], table.Skip(1).Take(4).Select(row => row.Split(' ')[0]));
        MamlCommand.Run("eval", run, "--shots", "5").MustFail(2, "of each class one more than --steps: leave out --shots");
        MamlCommand.Run("eval", run, "--steps", "0").MustFail(2, "--steps must be at least 1");
    }

    private string Train(string algorithm)
    {
        File.WriteAllText(folder.In($"{algorithm}.json"), $$"""
            { "problem": "classification", "algorithm": "{{algorithm}}", "iterations": 2, "metaBatchSize": 2, "channels": 4,
              "rotations": false, "ways": 3, "queries": 2, "validationTasks": 2 }
            """);
        string run = folder.In(algorithm);
        Assert.Equal(0, MamlCommand.Run("train", folder.In($"{algorithm}.json"), "--out", run, "--threads", "1").Code);
        return run;
    }
}
