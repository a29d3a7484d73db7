namespace MamlRobotics.Viewer.Tests;

/// <summary>A fact that draws, skipped with the reason where the machine cannot.</summary>
internal sealed class FactWithOpenGlAttribute : FactAttribute
{
    private static readonly string? Missing = Try();

    public FactWithOpenGlAttribute() => Skip = Missing;

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
