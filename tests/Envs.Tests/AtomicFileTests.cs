using System.Diagnostics;

namespace MamlRobotics.Envs.Tests;

/// <summary>A result goes to where its name leads.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("maml-file").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("old")]
    [InlineData("")]
    [InlineData(null)]
    public void A_link_stays_one_and_what_it_names_is_written(string? before)
    {
        string target = In("target"), second = In("second"), first = In("first");
        if (before is not null) File.WriteAllText(target, before);
        File.CreateSymbolicLink(second, "target");
        File.CreateSymbolicLink(first, second);
        AtomicFile.Check(first);
        AtomicFile.WriteText(first, "new");
        Assert.Equal((second, "target"), (new FileInfo(first).LinkTarget, new FileInfo(second).LinkTarget));
        Assert.Null(new FileInfo(target).LinkTarget);
        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(3, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public void A_link_that_leads_to_itself_is_refused()
    {
        File.CreateSymbolicLink(In("one"), In("other"));
        File.CreateSymbolicLink(In("other"), In("one"));
        InputException problem = Assert.Throws<InputException>(() => AtomicFile.Check(In("one")));
        Assert.Contains("leads to itself", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reader_of_a_pipe_receives_the_whole()
    {
        if (!Make("mkfifo", In("pipe"))) return;
        AtomicFile.Check(In("pipe"));
        Task<string> reader = Task.Run(() => File.ReadAllText(In("pipe")));
        string text = new('x', 200_000);
        AtomicFile.WriteText(In("pipe"), text);
        Assert.Equal(text, await reader);
        Assert.Equal([In("pipe")], Directory.GetFiles(folder));
    }

    /// <summary>A node of its own: a user who may do everything would lose the system's with a wrong program.</summary>
    [Fact]
    public void A_device_stays_one()
    {
        if (!Make("mknod", In("null"), "c", "1", "3")) return;
        AtomicFile.Check(In("null"));
        AtomicFile.WriteText(In("null"), "text");
        Assert.Equal(0, new FileInfo(In("null")).Length);
        Assert.Equal([In("null")], Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdout")]
    [InlineData("/dev/fd/1")]
    public void The_standard_output_has_several_names(string name)
    {
        Assert.True(AtomicFile.IsStandardOutput(name));
        AtomicFile.Check(name);
        Assert.False(AtomicFile.IsStandardOutput(In("-")));
    }

    [Fact]
    public void A_link_to_the_standard_output_is_the_standard_output()
    {
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(In("log"), "/dev/stdout");
        Assert.True(AtomicFile.IsStandardOutput(In("log")));
    }

    [Fact]
    public void Where_the_writer_fails_the_old_content_stays_and_nothing_else()
    {
        File.WriteAllText(In("file"), "old");
        Assert.Throws<IOException>(() => AtomicFile.Write(In("file"), stream =>
        {
            stream.WriteByte(1);
            throw new IOException("full");
        }));
        Assert.Equal("old", File.ReadAllText(In("file")));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_folder_and_what_has_none_are_refused_before_any_work()
    {
        Assert.Throws<InputException>(() => AtomicFile.Check(folder));
        Assert.Throws<InputException>(() => AtomicFile.Check(In("nowhere", "file")));
        AtomicFile.Check(In("file"));
        Assert.Empty(Directory.GetFiles(folder));
    }

    private string In(params string[] parts) => Path.Combine([folder, .. parts]);

    /// <returns>Whether this system, and this user, can</returns>
    private static bool Make(string program, params string[] arguments)
    {
        if (OperatingSystem.IsWindows()) return false;
        using Process made = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        made.WaitForExit();
        return made.ExitCode == 0;
    }
}
