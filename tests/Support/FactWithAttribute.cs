namespace MamlRobotics.Tests.Support;

/// <summary>A fact that needs a program on the PATH, skipped with that reason where it is missing.</summary>
internal sealed class FactWithAttribute : FactAttribute
{
    public FactWithAttribute(string program)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program)))) Skip = $"There is no {program} on this machine.";
    }
}
