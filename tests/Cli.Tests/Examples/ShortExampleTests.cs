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
}
