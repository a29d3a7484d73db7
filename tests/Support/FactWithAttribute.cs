namespace MamlRobotics.Tests.Support;

/// <summary>A fact that needs programs on the PATH, skipped with that reason where one is missing.</summary>
internal sealed class FactWithAttribute : FactAttribute
{
    public FactWithAttribute(params string[] programs)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string? missing = programs.FirstOrDefault(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program))));
        if (missing is not null) Skip = $"There is no {missing} on this machine.";
    }
}
