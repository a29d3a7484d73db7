using System.Text;
using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

public sealed class OneShotTests
{
    [Fact]
    public void AnswersAreIndicesOfTrainingPictures()
    {
        using DataFolder folder = Run(Labels("02", "01"));
        OneShotRun run = OneShotRuns.Open(side: 12, folder.Root).Single();

        Assert.Equal("run01", run.Name);
        Assert.Equal([1, 0], run.Answers);
        Assert.All(run.Test.Index(), item => Assert.Equal(run.Training[run.Answers[item.Index]], item.Item));
    }

    [Theory]
    [InlineData("run01/test/item01.png run01/training/class02.png", "does not say what run01/test/item02.png shows")]
    [InlineData("run01/test/item01.png", "does not name two pictures")]
    [InlineData("run01/test/item01.png run01/training/class09.png", "class09.png, which is not there")]
    public void WrongLabelsAreRefused(string labels, string expected)
    {
        using DataFolder folder = Run(Encoding.UTF8.GetBytes(labels));
        var problem = Assert.Throws<InputException>(() => OneShotRuns.Open(side: 12, folder.Root));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [FactWithData("runs")]
    public void TheOfficialTestHasFourHundredTrials()
    {
        IReadOnlyList<OneShotRun> runs = OneShotRuns.Open(side: 28, RealData.FolderFor("runs"));

        Assert.Equal(20, runs.Count);
        Assert.All(runs, run => Assert.Equal(Enumerable.Range(0, 20), run.Answers.Order()));
        // The first lines of the first and the last item of the first run: class 8 and class 16.
        Assert.Equal((7, 15), (runs[0].Answers[0], runs[0].Answers[^1]));
    }

    /// <summary>The labels of a run of two test pictures, by the numbers of their classes.</summary>
    public static byte[] Labels(string first, string second) => Encoding.UTF8.GetBytes(
        $"run01/test/item01.png run01/training/class{first}.png\nrun01/test/item02.png run01/training/class{second}.png\n");

    private static DataFolder Run(byte[] labels)
    {
        var folder = new DataFolder();
        folder.Write(DataFixtures.Bar(3), "all_runs", "run01", "training", "class01.png");
        folder.Write(DataFixtures.Bar(5), "all_runs", "run01", "training", "class02.png");
        folder.Write(DataFixtures.Bar(5), "all_runs", "run01", "test", "item01.png");
        folder.Write(DataFixtures.Bar(3), "all_runs", "run01", "test", "item02.png");
        folder.Write(labels, "all_runs", "run01", "class_labels.txt");
        return folder;
    }
}
