namespace MamlRobotics.Viewer;

/// <summary>
/// Records a scene while the window goes on: the window's thread draws a frame of the film with each of its own, and
/// another thread, which asks for them, writes the file.
/// </summary>
internal sealed class FilmRecorder : IDisposable
{
    private const int FramesPerSecond = 25;
    private const double Seconds = 8;

    private readonly Stage stage;
    private readonly IScene scene;
    private readonly Clip clip;
    private readonly Thread thread;
    private readonly SemaphoreSlim drawn = new(0);
    private Bitmap? wanted;
    private int served;
    private volatile bool isCancelled, isFinished;

    /// <param name="scene">Nobody else's: its moments are the film's</param>
    public FilmRecorder(Stage stage, IScene scene, string file)
    {
        (this.stage, this.scene, File) = (stage, scene, file);
        clip = PictureStudio.FilmOf(stage.Frame.Width, stage.Frame.Height, scene.Playback, Seconds, FramesPerSecond, Fetch);
        thread = new Thread(Write) { IsBackground = true, Name = "film" };
        thread.Start();
    }

    public string File { get; }

    /// <summary>Whether the file is there, or has failed.</summary>
    public bool IsFinished => isFinished;

    /// <summary>Why the file could not be written.</summary>
    public Exception? Problem { get; private set; }

    /// <summary>0 to 1. The writer also looks at some frames before it begins.</summary>
    public double Progress => Math.Min(1, served / (clip.Frames * 1.06));

    /// <summary>Draws the frame that is asked for, if any. On the thread of the OpenGL context.</summary>
    public void Serve()
    {
        if (Volatile.Read(ref wanted) is not { } bitmap) return;
        stage.Draw(scene);
        stage.Frame.Read(bitmap);
        served++;
        wanted = null;
        drawn.Release();
    }

    /// <summary>Ends the film; one that is not finished is not written.</summary>
    public void Dispose()
    {
        isCancelled = true;
        drawn.Release();
        thread.Join();
        drawn.Dispose();
        stage.Dispose();
    }

    private void Fetch(Bitmap bitmap)
    {
        Volatile.Write(ref wanted, bitmap);
        drawn.Wait();
        if (isCancelled) throw new OperationCanceledException();
    }

    private void Write()
    {
        try
        {
            PictureFile.Write(File, clip);
        }
        catch (Exception problem)
        {
            Problem = problem;
        }
        isFinished = true;
    }
}
