using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Rendering;

/// <summary>Draws a replay as a picture or film.</summary>
internal static class AdaptationPicture
{
    private const int FramesPerSecond = 25;

    /// <param name="sample">Returns the replay. It is called only after it is certain that this machine can draw.</param>
    /// <exception cref="PlatformNotSupportedException">This machine cannot draw.</exception>
    public static void Write(Func<Replay> sample, PictureOrder order)
    {
        using var studio = new PictureStudio(HeadlessContext.Create(), order.Width, order.Height);
        var screen = new ReplayScreen(sample(), order.Theme, studio.Size.Width, studio.Size.Height);
        PictureFile.Write(order.Path, studio.Film(screen, order.Seconds, FramesPerSecond), order.Format);
    }
}
