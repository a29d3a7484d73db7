using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>
/// Turns keys and mouse events into changes of what is shown, and into requests. It knows neither windows nor OpenGL nor
/// torch, so that tests can drive it by events alone. This part shows scenes; the keys and the mouse are in other parts.
/// </summary>
public sealed partial class ViewerControls
{
    public const int MostSteps = 9, LeastTrajectories = 5, MostTrajectories = 200;

    private const double NoticeSeconds = 6;

    private readonly TaskFamily? family;
    private readonly Action<AdaptationRequest>? ask;
    private readonly int checkpoints;
    private float width = 1280, height = 720;
    private double noticeLeft;
    private bool hasStarted, hasSeenHelp;

    /// <param name="family">The family whose task columns the sliders change</param>
    /// <param name="checkpoints">The number of policies that adapt to each request: one, or two to compare</param>
    public ViewerControls(TaskFamily family, Theme theme, AdaptationRequest first, Action<AdaptationRequest> ask, int checkpoints = 1)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(ask);
        (this.family, this.ask, this.checkpoints, Theme, Request) = (family, ask, checkpoints, theme, first);
        Usual = first;
        Sliders = new SliderPanel(family);
        ask(first);
    }

    /// <summary>Controls of a recorded replay, which ask for no adaptations.</summary>
    public ViewerControls(Replay recorded, Theme theme)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        checkpoints = 1;
        Theme = theme;
        Request = Usual = new AdaptationRequest(recorded.Task, 1, true, recorded.InnerSteps, recorded.Steps[0].Trajectories.Count, 1, 0);
        Show(recorded);
    }

    /// <summary>Grows with every change that may have to be drawn, except for the changes that a scene reports itself.</summary>
    public int Version { get; private set; }

    /// <summary>Whether there is a policy that can adapt to other tasks.</summary>
    public bool CanAdapt => family is not null;

    /// <summary>Null until the first adaptation is there.</summary>
    public IScene? Scene { get; private set; }

    /// <summary>The replays in the scene: one, two side by side, or none where all tasks are shown.</summary>
    public IReadOnlyList<ReplayScreen> Screens { get; private set; } = [];

    /// <summary>The scene of all tasks; null where single replays are shown.</summary>
    public PopulationScreen? AllTasks => Scene as PopulationScreen;

    /// <summary>The sliders; null for a recorded replay.</summary>
    public SliderPanel? Sliders { get; }

    public Theme Theme { get; private set; }
    public AdaptationRequest Request { get; private set; }
    public bool ShowsHelp { get; private set; }
    public bool WantsToQuit { get; private set; }

    /// <summary>Says how to start; empty once the user has done so.</summary>
    public string Hint { get; private set; } = "";

    /// <summary>The key of the button under the pointer; null where there is none.</summary>
    public Key? Pointed { get; private set; }

    /// <summary>A line for the user, or an empty one.</summary>
    public string Notice { get; private set; } = "";

    /// <summary>Is set by a key, and reset by the window once it has saved the picture.</summary>
    public bool WantsPicture { get; set; }

    /// <summary>Is set by a key, and reset by the window once it records.</summary>
    public bool WantsFilm { get; set; }

    /// <summary>The request with the family's own test task and the first settings. Sliders are reset to its values.</summary>
    public AdaptationRequest Usual { get; private set; }

    /// <summary>Shows replays from their beginning. A replay that is shown already, and of which more is known now, goes on.</summary>
    public void Show(params IReadOnlyList<Replay> replays)
    {
        ArgumentNullException.ThrowIfNull(replays);
        IReadOnlyList<ReplayScreen> before = Screens;
        bool goesOn = before.Count == replays.Count && before.Zip(replays).All(pair => pair.First.Replay.Steps == pair.Second.Steps);
        var playback = goesOn ? before[0].Playback : Playback.Of(replays);
        ScreenHalf? Half(int index) => replays.Count > 1 ? new ScreenHalf(index, replays[1 - index]) : null;
        Screens = [.. replays.Select((replay, index) => new ReplayScreen(replay, Theme, width, height, playback, Half(index), isLive: true)
        {
            HeaderFree = index == replays.Count - 1 ? Transport.Width : 0,
        })];
        ChangeScene(Screens.Count == 1 ? Screens[0] : new SideBySide([.. Screens]));
        if (before.Count == Screens.Count)
            foreach ((ReplayScreen screen, ReplayScreen old) in Screens.Zip(before)) screen.CopyView(old);
    }

    /// <summary>Shows the adaptation to all test tasks.</summary>
    public void Show(Population population)
    {
        Screens = [];
        ChangeScene(new PopulationScreen(population, Theme, width, height) { HeaderFree = Transport.Width });
        Say("");
    }

    public void Resize(float newWidth, float newHeight)
    {
        Version++;
        (width, height) = (newWidth, newHeight);
        Scene?.Resize(width, height);
        KeepClearOfSliders();
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(double seconds)
    {
        if (Scene?.Playback is { IsPlaying: true } playback)
        {
            playback.Advance(seconds);
            Version++;
        }
        if (Notice.Length > 0 && (noticeLeft -= seconds) < 0) Say("");
    }

    private void UpdateHint() =>
        Hint = $"{(hasStarted || !CanAdapt ? "" : HowToStart)} {(hasSeenHelp ? "" : "F1 lists all keys.")}".Trim();

    private string HowToStart => AllTasks is not null ? "Click a goal to see its task alone."
        : ClickedTask.IsPlaced(family!.Spec.Task) ? "Click anywhere in the world: the policy adapts to a goal there."
        : "Click a cell of the map, or press G for sliders: the policy adapts to that task.";

    public void Say(string line)
    {
        Version++;
        (Notice, noticeLeft) = (line, NoticeSeconds);
    }

    /// <summary>Shows a scene at the speed of the one before.</summary>
    private void ChangeScene(IScene scene)
    {
        Version++;
        if (Scene is { } before) scene.Playback.Speed = before.Playback.Speed;
        Scene = scene;
        if (Sliders is not null) Sliders.AreOfAllTasks = AllTasks is not null;
        UpdateHint();
        KeepClearOfSliders();
    }
}
