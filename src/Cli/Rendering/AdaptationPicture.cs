using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Rendering;

/// <summary>Pictures and films of a replay.</summary>
internal static class AdaptationPicture
{
    private const int FramesPerSecond = 25;

    /// <param name="sample">Gives the replay; asked once it is certain that this machine can draw</param>
    /// <param name="files">What each is written as follows from its name</param>
    /// <exception cref="PlatformNotSupportedException">This machine cannot draw.</exception>
    public static void Write(Func<Replay> sample, IReadOnlyList<string> files, int width, int height, Theme theme, double seconds)
    {
        using var studio = new PictureStudio(HeadlessContext.Create(), width, height);
        var screen = new ReplayScreen(sample(), theme, studio.Size.Width, studio.Size.Height);
        foreach (string file in files) PictureFile.Write(file, studio.Film(screen, seconds, FramesPerSecond));
    }
}
