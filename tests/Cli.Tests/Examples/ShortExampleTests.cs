namespace MamlRobotics.Cli.Tests;

/// <summary>The examples that need no run.</summary>
public sealed class ShortExampleTests
{
    [Fact]
    public void GradientDescentFindsThePayload()
    {
        ProcessResult result = MamlProcess.RunOther("MamlRobotics.PayloadIdentification.dll");
        Assert.Equal(("", 0), (result.Error, result.Code));
        string[] lines = result.Output.TrimEnd().Split('\n');
        Assert.StartsWith("iteration  0: payload 0.0000 kg", lines[0]);
        Assert.Equal("found 0.7300 kg, in truth 0.7300 kg", lines[^1]);
    }

    [Fact]
    public void TheExampleForPackagesStepsTrainsAndAdapts()
    {
        ProcessResult result = MamlProcess.RunOther("MamlRobotics.FromPackages.dll");
        Assert.Equal(("", 0), (result.Error, result.Code));
        string[] lines = result.Output.TrimEnd().Split('\n');
        Assert.StartsWith("after 5 steps along x: x 0.50 m", lines[0]);
        Assert.Equal(10, lines.Count(line => line.StartsWith("iteration ", StringComparison.Ordinal)));
        Assert.Equal(["after 0 gradient steps", "after 1 gradient steps"], lines[^2..].Select(line => line.Split(':')[0]));
    }
}
