namespace MamlRobotics.Cli.Tests;

/// <summary>One small trained run that the tests of a class share.</summary>
public sealed class TrainedRun : IDisposable
{
    internal TemporaryFolder Folder { get; } = new();

    public TrainedRun() => Assert.Equal(0, MamlCommand.Run(Folder.Train("run", 5)).Code);

    public void Dispose() => Folder.Dispose();
}
