using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>Pictures are drawn without a display; the drawing itself is tested with the viewer.</summary>
public sealed class RenderTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    private readonly TemporaryFolder folder = trained.Folder;

    [TheoryWithOpenGl]
    [InlineData("a.png", "89504E47")]
    [InlineData("a.gif", "47494638")]
    public void DrawsTheKindThatTheNameAsksFor(string name, string start)
    {
        string file = folder.In(name);
        string[] options = ["--size", "640x360", "--steps", "1", "--trajectories", "3", "--seconds", "0.2", "--task", "2"];
        Assert.Equal(0, MamlCommand.Run(["render", folder.In("run"), "--out", file, .. options]).Code);
        Assert.Equal(start, Convert.ToHexString(File.ReadAllBytes(file).AsSpan(0, 4)));
    }

    [Fact]
    public void RefusesATaskThatTheFamilyLacks() =>
        MamlCommand.Run("render", folder.In("run"), "--out", folder.In("b.png"), "--task", "41").MustFail(2, "has 40 test tasks");
}
