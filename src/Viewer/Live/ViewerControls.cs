using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>
/// What keys and mouse do to what is shown and asked for. Knows neither windows nor OpenGL nor torch, so that tests
/// drive it by the events alone. This part shows, others have the keys and the mouse.
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
    private bool hasStarted, hasHelped;

    /// <param name="family">Whose task columns the sliders change</param>
    /// <param name="checkpoints">How many policies adapt to what is asked for: one, or two to compare</param>
    public ViewerControls(TaskFamily family, Theme theme, AdaptationRequest first, Action<AdaptationRequest> ask, int checkpoints = 1)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(ask);
        (this.family, this.ask, this.checkpoints, Theme, Request) = (family, ask, checkpoints, theme, first);
        Usual = first;
        Sliders = new SliderPanel(family);
        ask(first);
    }

    /// <summary>Controls of a recorded replay, which is looked at and asks for nothing.</summary>
    public ViewerControls(Replay recorded, Theme theme)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        checkpoints = 1;
        Theme = theme;
        Request = Usual = new AdaptationRequest(recorded.Task, 1, true, recorded.InnerSteps, recorded.Steps[0].Trajectories.Count, 1, 0);
        Show(recorded);
    }

    /// <summary>Grows with everything that may change what is to be seen, but for what a scene itself tells.</summary>
    public int Version { get; private set; }

    /// <summary>Whether there is a policy that can adapt to something else than what is shown.</summary>
    public bool CanAdapt => family is not null;

    /// <summary>Null until the first adaptation is there.</summary>
    public IScene? Scene { get; private set; }

    /// <summary>The replays in the scene: one, two beside each other, or none in the view of all tasks.</summary>
    public IReadOnlyList<ReplayScreen> Screens { get; private set; } = [];

    /// <summary>The scene, where it is that of all tasks.</summary>
    public PopulationScreen? Everyone => Scene as PopulationScreen;

    /// <summary>Null where there is nothing to change.</summary>
    public SliderPanel? Sliders { get; }

    public Theme Theme { get; private set; }
    public AdaptationRequest Request { get; private set; }
    public bool ShowsHelp { get; private set; }
    public bool WantsToQuit { get; private set; }

    /// <summary>How to start, until the user has done it once.</summary>
    public string Hint { get; private set; } = "";

    /// <summary>The key of the button under the pointer; null where there is none.</summary>
    public Key? Pointed { get; private set; }

    /// <summary>A line for the user, or none.</summary>
    public string Notice { get; private set; } = "";

    /// <summary>Set by a key, taken back by the window once it has saved.</summary>
    public bool WantsPicture { get; set; }

    /// <summary>Set by a key, taken back by the window once it records.</summary>
    public bool WantsFilm { get; set; }

    /// <summary>The test task as the family has it, adapted to as at first: what a slider goes back to.</summary>
    public AdaptationRequest Usual { get; private set; }

    /// <summary>Shows adaptations from their beginning; those that are shown already, and of which more is known now, go on.</summary>
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
        Change(Screens.Count == 1 ? Screens[0] : new SideBySide([.. Screens]));
        if (before.Count == Screens.Count)
            foreach ((ReplayScreen screen, ReplayScreen old) in Screens.Zip(before)) screen.LookLike(old);
    }

    /// <summary>Shows the adaptation to all test tasks.</summary>
    public void Show(Population population)
    {
        Screens = [];
        Change(new PopulationScreen(population, Theme, width, height) { HeaderFree = Transport.Width });
        Say("");
    }

    public void Resize(float newWidth, float newHeight)
    {
        Version++;
        (width, height) = (newWidth, newHeight);
        Scene?.Resize(width, height);
        Uncover();
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
        Hint = $"{(hasStarted || !CanAdapt ? "" : HowToStart)} {(hasHelped ? "" : "F1 lists all keys.")}".Trim();

    private string HowToStart => Everyone is not null ? "Click a goal to see its task alone."
        : ClickedTask.IsPlaced(family!.Spec.Task) ? "Click anywhere in the world: the policy adapts to a goal there."
        : "Click a cell of the map, or press G for sliders: the policy adapts to that task.";

    public void Say(string line)
    {
        Version++;
        (Notice, noticeLeft) = (line, NoticeSeconds);
    }

    /// <summary>Shows a scene as fast as the one before, with the sliders that it has.</summary>
    private void Change(IScene scene)
    {
        Version++;
        if (Scene is { } before) scene.Playback.Speed = before.Playback.Speed;
        Scene = scene;
        if (Sliders is not null) Sliders.AreOfAllTasks = Everyone is not null;
        UpdateHint();
        Uncover();
    }
}
