using System.Text.Json;

namespace MamlRobotics.Cli.Tests;

/// <summary>The example's program: a family that it registers is trained and evaluated by the commands that it passes on to.</summary>
public sealed class OwnEnvironmentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ItsFamilyIsTrainedAndEvaluatedLikeAnyOther()
    {
        Assert.Equal(0, Run([.. folder.Train("run", 2), "environment=pendulum"]).Code);
        string[] options = ["--tasks", "heldout:2", "--steps", "1", "--episodes", "2", "--json", folder.In("e.json")];
        ProcessResult evaluated = Run(["eval", folder.In("run"), .. options]);
        Assert.Equal(0, evaluated.Code);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(folder.In("e.json")));
        Assert.Equal("pendulum", document.RootElement.GetProperty("environment").GetString());
        // Upright costs nothing; a planner that knows mass and length is no worse than a policy of two iterations.
        JsonElement steps = document.RootElement.GetProperty("steps");
        Assert.All(steps.EnumerateArray(), step => Assert.InRange(step.GetProperty("mean").GetDouble(), -5000, 0));
        Assert.True(steps[1].GetProperty("regret").GetDouble() > 0);

        MamlCommand.Run("eval", folder.In("run")).MustFail(2, "There is no environment 'pendulum'");
        Assert.Contains("Swing-up of a pendulum", Run("envs", "pendulum").Output, StringComparison.Ordinal);
    }

    private static ProcessResult Run(params string[] arguments) => MamlProcess.RunOther("MamlRobotics.OwnEnvironment.dll", arguments);
}
