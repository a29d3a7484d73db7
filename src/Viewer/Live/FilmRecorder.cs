namespace MamlRobotics.Viewer;

/// <summary>
/// Records a scene while the window goes on. The window's thread draws a frame of the film after each of its own frames, and
/// another thread asks for the frames and writes the file.
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

    /// <param name="scene">A scene that nobody else uses, since the film moves through its time</param>
    public FilmRecorder(Stage stage, IScene scene, string file)
    {
        (this.stage, this.scene, File) = (stage, scene, file);
        clip = PictureStudio.FilmOf(stage.Frame.Width, stage.Frame.Height, scene.Playback, Seconds, FramesPerSecond, Fetch);
        thread = new Thread(Write) { IsBackground = true, Name = "film" };
        thread.Start();
    }

    public string File { get; }

    /// <summary>Whether the file is written, or could not be written.</summary>
    public bool IsFinished => isFinished;

    /// <summary>Why the file could not be written.</summary>
    public Exception? Problem { get; private set; }

    /// <summary>From 0 to 1. Before it writes, the writer looks at some frames to choose colours, and these are counted too.</summary>
    public double Progress => Math.Min(1, served / (clip.Frames * 1.06));

    /// <summary>Draws the frame that is asked for, if there is one. Has to be called on the thread of the OpenGL context.</summary>
    public void Serve()
    {
        if (Volatile.Read(ref wanted) is not { } bitmap) return;
        stage.Draw(scene);
        stage.Frame.Read(bitmap);
        served++;
        wanted = null;
        drawn.Release();
    }

    /// <summary>Ends the recording. A film that is not finished is not written.</summary>
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
