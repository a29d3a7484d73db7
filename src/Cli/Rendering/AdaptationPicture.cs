using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Rendering;

/// <summary>A picture or film of a replay.</summary>
internal static class AdaptationPicture
{
    private const int FramesPerSecond = 25;

    /// <param name="sample">Gives the replay; asked once it is certain that this machine can draw</param>
    /// <param name="file">What it is written as follows from its name, where no format is given</param>
    /// <exception cref="PlatformNotSupportedException">This machine cannot draw.</exception>
    public static void Write(Func<Replay> sample, string file, int width, int height, Theme theme, double seconds, string? format = null)
    {
        using var studio = new PictureStudio(HeadlessContext.Create(), width, height);
        var screen = new ReplayScreen(sample(), theme, studio.Size.Width, studio.Size.Height);
        PictureFile.Write(file, studio.Film(screen, seconds, FramesPerSecond), format);
    }
}
