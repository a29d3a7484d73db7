using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>A recorded replay is drawn and watched without the policy, and without torch.</summary>
public sealed class RecordTests : IClassFixture<TrainedRun>
{
    private static readonly string[] Short = ["--steps", "1", "--trajectories", "3", "--task", "2", "--device", "cpu"];

    private readonly TemporaryFolder folder;

    public RecordTests(TrainedRun trained)
    {
        folder = trained.Folder;
        if (File.Exists(Replay)) return;
        ProcessResult recorded = MamlCommand.Run(["record", folder.In("run"), "--out", Replay, .. Short]);
        Assert.Equal(("", 0), (recorded.Error, recorded.Code));
    }

    private string Replay => folder.In("a.replay");

    [FactWithOpenGl]
    public void DrawsWhatTheCheckpointDraws()
    {
        Assert.Equal(0, MamlCommand.Run(["render", folder.In("run"), "--out", folder.In("direct.png"), .. Short]).Code);
        Assert.Equal(0, MamlCommand.Run("render", Replay, "--out", folder.In("replayed.png")).Code);
        Assert.Equal(File.ReadAllBytes(folder.In("direct.png")), File.ReadAllBytes(folder.In("replayed.png")));
    }

    // The C library's loader tells what it loads.
    [FactWithOpenGl("ldd")]
    public void LoadsNoTorchToDraw()
    {
        static bool IsTorch(string name) => name.Contains("torch", StringComparison.OrdinalIgnoreCase);
        string[] libraries = LibrariesOf("render", Replay, "--out", folder.In("no-torch.png"));
        Assert.Contains(libraries, name => name.Contains("libcoreclr", StringComparison.Ordinal));
        Assert.DoesNotContain(libraries, IsTorch);
        Assert.Contains(LibrariesOf("eval", folder.In("run"), "--steps", "0", "--episodes", "1"), IsTorch);
    }

    [FactWith("Xvfb")]
    public void IsWatchedInAWindowWithoutTorch()
    {
        using VirtualDisplay display = VirtualDisplay.Start();
        using MamlProcess view = MamlProcess.Start([("DISPLAY", display.Name)], "view", Replay);
        string maps = "";
        view.WaitUntil(() => (maps = File.ReadAllText($"/proc/{view.Id}/maps")).Contains("libGL", StringComparison.Ordinal));
        Assert.DoesNotContain("torch", maps.Replace("TorchSharp", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("render")]
    [InlineData("view")]
    public void ADamagedReplayIsToldInOneLineAndNothingIsWritten(string command)
    {
        byte[] whole = File.ReadAllBytes(Replay);
        foreach (int length in new[] { 0, 7, 8, 300, whole.Length / 2, whole.Length - 1 })
        {
            string cut = folder.In("cut.replay"), picture = folder.In("cut.png");
            File.WriteAllBytes(cut, whole[..length]);
            MamlCommand.Run(command == "view" ? [command, cut] : [command, cut, "--out", picture]).MustFail(2, "cut.replay is damaged");
            Assert.False(File.Exists(picture));
        }
    }

    [Fact]
    public void ACheckpointIsNoReplayAndAReplayIsNoCheckpoint()
    {
        File.Copy(folder.In("run", "checkpoints", "best.safetensors"), folder.In("checkpoint.replay"), overwrite: true);
        File.Copy(Replay, folder.In("replay.safetensors"), overwrite: true);
        MamlCommand.Run("view", folder.In("checkpoint.replay")).MustFail(2, "is not a replay");
        MamlCommand.Run("eval", folder.In("replay.safetensors")).MustFail(2, "is not a checkpoint");
    }

    /// <summary>The native libraries that the process loads from its start to its end, as glibc's loader tells.</summary>
    private string[] LibrariesOf(params string[] arguments)
    {
        string log = folder.In("loader");
        using MamlProcess process = MamlProcess.Start([("LD_DEBUG", "files"), ("LD_DEBUG_OUTPUT", log)], arguments);
        ProcessResult result = process.Wait();
        Assert.Equal(("", 0), (result.Error, result.Code));
        return [.. File.ReadLines($"{log}.{process.Id}").Where(line => line.Contains("calling init", StringComparison.Ordinal))];
    }
}
