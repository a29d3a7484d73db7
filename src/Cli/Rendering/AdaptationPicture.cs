using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Rendering;

/// <summary>Draws a replay as a picture or film.</summary>
internal static class AdaptationPicture
{
    private const int FramesPerSecond = 25;

    /// <param name="sample">Returns the replay. It is called only after it is certain that this machine can draw.</param>
    /// <param name="file">The file to write; its name decides the format unless <paramref name="format"/> does</param>
    /// <exception cref="PlatformNotSupportedException">This machine cannot draw.</exception>
    public static void Write(Func<Replay> sample, string file, int width, int height, Theme theme, double seconds, string? format = null)
    {
        using var studio = new PictureStudio(HeadlessContext.Create(), width, height);
        var screen = new ReplayScreen(sample(), theme, studio.Size.Width, studio.Size.Height);
        PictureFile.Write(file, studio.Film(screen, seconds, FramesPerSecond), format);
    }
}
