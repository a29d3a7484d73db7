using MamlRobotics.Tests.Support;

namespace MamlRobotics.Viewer.Tests;

/// <summary>A fact that draws, skipped with the reason where the machine cannot.</summary>
internal sealed class FactWithOpenGlAttribute : FactAttribute
{
    private static readonly string? Missing = Try();

    /// <param name="program">Another thing that it needs, on the PATH</param>
    public FactWithOpenGlAttribute(string? program = null) => Skip = Missing ?? (program is null ? null : new FactWithAttribute(program).Skip);

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
