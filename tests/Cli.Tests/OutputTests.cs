using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>What a command writes goes where it was sent, and nothing else goes there.</summary>
public sealed class OutputTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    private static readonly string[] Short = ["--tasks", "heldout:2", "--steps", "1", "--episodes", "2"];

    private readonly TemporaryFolder folder = trained.Folder;

    private string Run => folder.In("run");

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdout")]
    public void AResultOnTheStandardOutputIsAlone(string name)
    {
        ProcessResult result = MamlCommand.Run(["eval", Run, .. Short, "--json", name]);
        Assert.Equal(0, result.Code);
        using JsonDocument document = JsonDocument.Parse(result.Output);
        Assert.Equal(2, document.RootElement.GetProperty("tasks").GetInt32());
        Assert.Contains("gradient steps    return", result.Error, StringComparison.Ordinal);

        ProcessResult numbers = MamlCommand.Run("plot", Run, "--out", name, "--format", "csv");
        ProcessResult picture = MamlCommand.Run("plot", Run, "--out", name, "--format", "svg");
        Assert.StartsWith("panel,series,run,x,return,low,high\n", numbers.Output, StringComparison.Ordinal);
        Assert.EndsWith("</svg>\n", picture.Output, StringComparison.Ordinal);
        XDocument.Parse(picture.Output);
        Assert.Contains($"Wrote {name}.", picture.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCommandWritesThroughALink()
    {
        string[][] commands =
        [
            ["eval", Run, .. Short, "--json"],
            ["plot", Run, "--format", "svg", "--out"],
            ["record", Run, "--steps", "0", "--trajectories", "1", "--out"],
            ["dynamics", "record", "maml-nav", "--out"],
        ];
        foreach ((int number, string[] command) in commands.Index())
        {
            string target = folder.In($"target{number}.replay"), link = folder.In($"link{number}.replay");
            File.WriteAllText(target, "old");
            File.CreateSymbolicLink(link, target);
            Assert.Equal(0, MamlCommand.Run([.. command, link]).Code);
            Assert.Equal(target, new FileInfo(link).LinkTarget);
            Assert.True(new FileInfo(target).Length > 100, command[0]);
        }
    }

    [FactWith("sh", "mkfifo")]
    public void ThePipeOfAnotherProgramReceivesTheResult()
    {
        const string WriteAndRead = "mkfifo \"$0\" && (cat \"$0\" & dotnet \"$@\" \"$0\" >&2; wait)";
        using MamlProcess shell = MamlProcess.StartCommand(
            ["sh", "-c", WriteAndRead, folder.In("pipe"), MamlProcess.ProgramPath, "eval", Run, .. Short, "--json"]);
        using JsonDocument document = JsonDocument.Parse(shell.Wait().Output);
        Assert.Equal(2, document.RootElement.GetProperty("tasks").GetInt32());
    }

    [FactWith("sh")]
    public void ATableIsPrintedAlsoWhereItsFileCannotBeWritten()
    {
        if (!File.Exists("/dev/full")) return;
        ProcessResult result = MamlCommand.Run(["eval", Run, .. Short, "--json", "/dev/full"]);
        result.MustFail(1, "No space left on device");
        Assert.Contains("gradient steps    return", result.Output, StringComparison.Ordinal);
    }

    [FactWithOpenGl]
    public void PicturesOnTheStandardOutputAreAlone()
    {
        using MamlProcess render = MamlProcess.StartCommand(
            ["sh", "-c", "dotnet \"$@\" | head -c 4 | od -An -tu1", "sh", MamlProcess.ProgramPath,
                "render", Run, "--steps", "0", "--trajectories", "1", "--size", "160x160", "--out", "-", "--format", "png"]);
        string[] values = render.Wait().Output.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        byte[] start = [.. values.Select(value => byte.Parse(value, CultureInfo.InvariantCulture))];
        Assert.Equal(0x89504E47, BinaryPrimitives.ReadUInt32BigEndian(start));
    }

    /// <summary>Programs in the place of ffmpeg that end as if all were well.</summary>
    [TheoryWithOpenGl]
    [InlineData("head -c 1000 >/dev/null", "it ended early")]
    [InlineData("cat >/dev/null", "it ended early")]
    [InlineData("cat >/dev/null; echo part >\"$last\"; echo 'av_write_frame: No space left on device' >&2", "No space left on device")]
    public void AFilmThatIsNotFinishedIsAFailure(string encoder, string saying)
    {
        Directory.CreateDirectory(folder.In("encoders"));
        string program = folder.In("encoders", "ffmpeg"), film = folder.In("film.mp4");
        File.WriteAllText(program, $"#!/bin/sh\n[ \"$1\" != -version ] || exit 0\nfor last; do :; done\n{encoder}\n");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, Mode);
        using MamlProcess render = MamlProcess.Start(
            [("PATH", folder.In("encoders") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"))],
            "render", Run, "--steps", "0", "--trajectories", "1", "--seconds", "1", "--size", "160x160", "--out", film);
        ProcessResult result = render.Wait();
        result.MustFail(1, "ffmpeg could not write the film: ");
        Assert.Contains(saying, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        Assert.Empty(Directory.GetFiles(folder.In(), "film*"));
    }
}
