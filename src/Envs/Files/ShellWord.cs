namespace MamlRobotics.Envs;

/// <summary>Quotes words of commands that a user is told to run.</summary>
public static class ShellWord
{
    private const string Plain = "_@%+=:,./-";

    /// <summary>
    /// A word as it has to be typed, with quotes where the shell needs them. The shell is PowerShell on Windows, else a POSIX shell.
    /// </summary>
    public static string Quoted(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        bool isWindows = OperatingSystem.IsWindows();
        bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter) || (isWindows && letter == '\\');
        bool isPlain = word.Length > 0 && word.All(IsPlain);
        return isPlain ? word : $"'{word.Replace("'", isWindows ? "''" : @"'\''", StringComparison.Ordinal)}'";
    }
}
