using MamlRobotics.Viewer;

namespace MamlRobotics.Tests.Support;

/// <summary>A fact that draws, skipped with the reason where the machine cannot.</summary>
internal sealed class FactWithOpenGlAttribute : FactAttribute
{
    /// <param name="program">Another thing that it needs, on the PATH</param>
    public FactWithOpenGlAttribute(string? program = null) => Skip = OpenGl.Missing ?? Programs.Missing(program is null ? [] : [program]);
}

/// <summary>A theory that draws, skipped with the reason where the machine cannot.</summary>
internal sealed class TheoryWithOpenGlAttribute : TheoryAttribute
{
    public TheoryWithOpenGlAttribute() => Skip = OpenGl.Missing;
}

file static class OpenGl
{
    public static string? Missing { get; } = Try();

    private static string? Try()
    {
        try
        {
            HeadlessContext.Create().Dispose();
            return null;
        }
        catch (PlatformNotSupportedException problem)
        {
            return problem.Message;
        }
    }
}
