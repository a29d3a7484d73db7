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

        ProcessResult transfer = MamlCommand.Run("eval", run, "--episodes", "5", "--ways", "3", "--data", "strokes");
        Assert.StartsWith("5 episodes of 3 ways and 1 shot of strokes,", transfer.Output, StringComparison.Ordinal);
        MamlCommand.Run("eval", run, "--data", "strokes", "--ways", "201").MustFail(2, "strokes has 200 classes, too few for 201 ways");
        MamlCommand.Run("eval", run, "--data", "strokes", "--official").MustFail(2, "leave out --data");
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
    public void DrawsAnEpisodeAndRefusesWhatItDoesNotHave()
    {
        (string maml, string metric) = (Train("maml"), Train("prototypical"));
        Refuses("--episode must be a whole number between 1 and", maml, "--episode", "0");
        Refuses("--task must be a whole number between 1 and", maml, "--task", "2000000");
        Refuses("leave out --trajectories", maml, "--trajectories", "3");
        Refuses("train one with ways=7", maml, "--ways", "7");
        Refuses("take no gradient steps: leave out --steps", metric, "--steps", "2");
        Refuses("too few for 19 support and 2 query pictures", metric, "--shots", "19");
        MamlCommand.Run("record", maml, "--out", folder.In("a.replay")).MustFail(2, "give one of policies");
        MamlCommand.Run("view", maml, metric).MustFail(2, "give one of policies");
        MamlCommand.Run("view", maml, "--ways", "7").MustFail(2, "train one with ways=7");
        Assert.False(File.Exists(folder.In("a.png")));
        if (!OpenGlIsThere(maml)) return;
        byte[] first = File.ReadAllBytes(folder.In("a.png"));
        Assert.Equal(0, Render(maml, "--size", "640x360", "--episode", "2").Code);
        Assert.NotEqual(first, File.ReadAllBytes(folder.In("a.png")));
        Assert.Equal(0, Render(metric, "--size", "640x360", "--ways", "2", "--shots", "3", "--seed", "7", "--theme", "light").Code);
    }

    private void Refuses(string saying, string run, params string[] options) => Render(run, options).MustFail(2, saying);

    // Where nothing can be drawn, that is said in one line, which other tests look at.
    private bool OpenGlIsThere(string run) => Render(run, "--size", "640x360").Code == 0;

    private ProcessResult Render(string run, params string[] options) =>
        MamlCommand.Run([.. (string[])["render", run, "--out", folder.In("a.png"), "--threads", "1"], .. options]);

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
