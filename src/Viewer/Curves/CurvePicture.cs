using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>Writes how a network adapts to the points of a function, as a picture or a film. It needs no display.</summary>
public static class CurvePicture
{
    public static void Write(CurveAdaptation adaptation, string title, string caption, PictureOrder order)
    {
        ArgumentNullException.ThrowIfNull(adaptation);
        StepFilm.Write(
            order, adaptation.Curves.Count - 1,
            (canvas, progress) => new CurveScreen(canvas, order.Theme).Draw(adaptation, title, caption, progress));
    }
}
