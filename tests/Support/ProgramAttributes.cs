namespace MamlRobotics.Tests.Support;

/// <summary>A fact that needs programs on the PATH, skipped with that reason where one is missing.</summary>
internal sealed class FactWithAttribute : FactAttribute
{
    public FactWithAttribute(params string[] programs) => Skip = Programs.Missing(programs);
}

/// <summary>A theory that needs programs on the PATH, skipped with that reason where one is missing.</summary>
internal sealed class TheoryWithAttribute : TheoryAttribute
{
    public TheoryWithAttribute(params string[] programs) => Skip = Programs.Missing(programs);
}

internal static class Programs
{
    /// <summary>Why a test cannot run; null where it can.</summary>
    public static string? Missing(string[] programs)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string? missing = programs.FirstOrDefault(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program))));
        return missing is null ? null : $"There is no {missing} on this machine.";
    }
}
