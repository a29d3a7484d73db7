using MamlRobotics.Tests.Support;

namespace MamlRobotics.Viewer.Tests;

public class FilmTests
{
    [FactWithOpenGl]
    public void A_film_is_written_while_the_window_goes_on_and_leaves_its_moment_alone()
    {
        using HeadlessContext context = HeadlessContext.Create();
        using var renderer = new Renderer(context.Gl);
        using var shown = new Stage(context.Gl, renderer, 320, 200, 1);
        IScene scene = Scenes.Make("point-dark");
        scene.Playback.Seek(scene.Playback.Horizon + 7);
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "film.gif");
        using var film = new FilmRecorder(new Stage(context.Gl, renderer, 320, 200, 1), scene.Copy(), file);
        double before = 0;
        Patience.Until(() => film.IsFinished, () =>
        {
            shown.Draw(scene);
            film.Serve();
            Assert.True(film.Progress >= before);
            before = film.Progress;
        });
        Assert.Null(film.Problem);
        Assert.Equal(1, film.Progress, 0.01);
        Assert.Equal((1, 7.0), (scene.Playback.Episode, scene.Playback.Time));
        (int width, int height, List<byte[]> frames, _) = PictureReader.Gif(File.ReadAllBytes(file));
        Assert.Equal((320, 200, 200), (width, height, frames.Count));
        Assert.NotEqual(frames[0], frames[^1]);
    }

    [FactWithOpenGl]
    public void A_film_that_is_given_up_leaves_no_file()
    {
        using HeadlessContext context = HeadlessContext.Create();
        using var renderer = new Renderer(context.Gl);
        string folder = Directory.CreateTempSubdirectory().FullName;
        var stage = new Stage(context.Gl, renderer, 320, 200, 1);
        using (var film = new FilmRecorder(stage, Scenes.Make("point-dark"), Path.Combine(folder, "film.gif")))
        {
            Patience.Until(() => film.Progress >= 0.2, film.Serve);
        }
        Assert.Empty(Directory.GetFiles(folder));
    }
}
