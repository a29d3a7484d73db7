using System.Diagnostics;

namespace MamlRobotics.Envs.Tests;

/// <summary>A command that a user is told can be pasted: the shell reads the word that was meant.</summary>
public class ShellWordTests
{
    [Theory]
    [InlineData("runs/first-1.2_a", "runs/first-1.2_a")]
    [InlineData("my run", "'my run'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("a|b;c&d$e`f\"g\\h*i(j)", "'a|b;c&d$e`f\"g\\h*i(j)'")]
    [InlineData("~/x", "'~/x'")]
    [InlineData("two\nlines", "'two\nlines'")]
    [InlineData("", "''")]
    public void Is_what_the_shell_reads(string word, string typed)
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(typed, ShellWord.Quoted(word));
        var start = new ProcessStartInfo("sh", ["-c", $"printf %s {ShellWord.Quoted(word)}"]) { RedirectStandardOutput = true };
        using Process shell = Process.Start(start)!;
        Assert.Equal(word, shell.StandardOutput.ReadToEnd());
    }
}
