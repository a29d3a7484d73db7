namespace MamlRobotics.Envs;

/// <summary>Words of commands that a user is told to run.</summary>
public static class ShellWord
{
    private const string Plain = "_@%+=:,./-";

    /// <summary>A word as it has to be typed, in quotes where the shell needs them (PowerShell on Windows, a POSIX shell elsewhere).</summary>
    public static string Quoted(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        bool isWindows = OperatingSystem.IsWindows();
        bool isPlain = word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter) || (isWindows && letter == '\\'));
        return isPlain ? word : $"'{word.Replace("'", isWindows ? "''" : @"'\''", StringComparison.Ordinal)}'";
    }
}
