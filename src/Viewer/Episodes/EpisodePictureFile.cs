using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>Writes how a classifier adapts to an episode, as a picture or a film. It needs no display.</summary>
public static class EpisodePictureFile
{
    /// <param name="title">Names what has learned</param>
    /// <param name="caption">Says where the checkpoint is from, and which episode this is</param>
    public static void Write(EpisodeAdaptation adaptation, string title, string caption, PictureOrder order)
    {
        EpisodeMoment end = EpisodeMoment.End(adaptation);
        StepFilm.Write(
            order, end.Steps, (canvas, progress) =>
                new EpisodeScreen(new Brush(canvas, order.Theme)).DrawStill(end with { Progress = progress }, title, caption));
    }
}
