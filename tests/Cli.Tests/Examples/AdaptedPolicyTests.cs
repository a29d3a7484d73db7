using System.Globalization;
using System.Text.RegularExpressions;

namespace MamlRobotics.Cli.Tests;

/// <summary>The example that uses a trained policy from code.</summary>
public sealed partial class AdaptedPolicyTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    [Fact]
    public void PrintsTheReturnAfterEachGradientStepAndOfAnEpisode()
    {
        ProcessResult result = MamlProcess.RunOther("MamlRobotics.AdaptedPolicy.dll", trained.Folder.In("run"));
        Assert.Equal(("", 0), (result.Error, result.Code));
        string[] lines = result.Output.TrimEnd().Split('\n');
        // The first of the paper's goals.
        Assert.Matches(@"^maml-nav: goal_x -?0\.\d{3}, goal_y -?0\.\d{3}$", lines[0]);
        Assert.Equal(["after 0", "after 1", "after 2", "after 3"], lines[1..5].Select(line => line[..7]));
        Assert.Matches("^one episode by its mean actions: return .* in 100 steps$", lines[5]);
        // The robot cannot get farther away than a hundred steps lead, which bounds the return of a hundred steps.
        IEnumerable<string> returns = lines[1..].Select(line => Return().Match(line).Groups[1].Value);
        Assert.All(returns, value => Assert.InRange(double.Parse(value, CultureInfo.InvariantCulture), -1500, 0));
    }

    [GeneratedRegex(@"return (-?[\d.]+)")]
    private static partial Regex Return();
}
