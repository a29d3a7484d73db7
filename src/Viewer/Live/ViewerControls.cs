using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>
/// What keys and mouse do to what is shown and asked for. Knows neither windows nor OpenGL nor torch, so that tests
/// drive it by the events alone. This part has the keys, another the mouse.
/// </summary>
public sealed partial class ViewerControls
{
    public const int MostSteps = 9, LeastTrajectories = 5, MostTrajectories = 200;

    private const double SpeedFactor = 2, NoticeSeconds = 6;

    private readonly TaskFamily? family;
    private readonly Action<AdaptationRequest>? ask;
    private readonly int checkpoints;
    private float width = 1280, height = 720;
    private double noticeLeft;

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
        var playback = goesOn ? before[0].Playback : new Playback(replays[0].Steps.Count, replays[0].Horizon);
        Screens = [.. replays.Select((replay, index) => new ReplayScreen(replay, Theme, width, height, playback, replays.Count > 1 ? new ScreenHalf(index, replays[1 - index]) : null))];
        Scene = Screens.Count == 1 ? Screens[0] : new SideBySide([.. Screens]);
        Uncover();
        if (before.Count == Screens.Count)
            foreach ((ReplayScreen screen, ReplayScreen old) in Screens.Zip(before)) screen.LookLike(old);
    }

    /// <summary>Shows the adaptation to all test tasks.</summary>
    public void Show(Population population)
    {
        (Scene, Screens) = (new PopulationScreen(population, Theme, width, height), []);
        Uncover();
        Say("");
    }

    public void Resize(float newWidth, float newHeight)
    {
        (width, height) = (newWidth, newHeight);
        Scene?.Resize(width, height);
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(double seconds)
    {
        Scene?.Playback.Advance(seconds);
        if (Notice.Length > 0 && (noticeLeft -= seconds) < 0) Notice = "";
    }

    private TaskBatch TestTasks => family!.TestTasks;

    public void Say(string line) => (Notice, noticeLeft) = (line, NoticeSeconds);

    public void KeyDown(Key key)
    {
        if (key is Key.Escape && ShowsHelp) ShowsHelp = false;
        else if (key is Key.Escape) WantsToQuit = true;
        else if (key is Key.F1 or Key.H) ShowsHelp = !ShowsHelp;
        else if (Scene is not null && !Replays(key, Scene.Playback) && !Looks(key, Scene)) Asks(key);
        Uncover();
    }

    private static bool Replays(Key key, Playback playback)
    {
        switch (key)
        {
            case Key.Space: playback.Toggle(); return true;
            case Key.Left: playback.Nudge(-1); return true;
            case Key.Right: playback.Nudge(1); return true;
            case Key.Minus or Key.KeypadSubtract: playback.ChangeSpeed(1 / SpeedFactor); return true;
            case Key.Equal or Key.KeypadAdd: playback.ChangeSpeed(SpeedFactor); return true;
            case Key.Home: playback.Seek(0); return true;
            case Key.End: playback.Seek(playback.Length); return true;
            case Key.R:
                playback.Seek(0);
                playback.IsPlaying = true;
                return true;
            default: return false;
        }
    }

    private bool Looks(Key key, IScene scene)
    {
        if (key is >= Key.Number1 and <= Key.Number9)
        {
            foreach (ReplayScreen screen in Screens)
                if (key - Key.Number1 < screen.Visible.Count) screen.Toggle(key - Key.Number1);
        }
        else if (key == Key.T) scene.Theme = Theme = Theme == Theme.Dark ? Theme.Light : Theme.Dark;
        else if (key == Key.F) Fit();
        else if (key == Key.S) WantsPicture = true;
        else if (key == Key.V) WantsFilm = true;
        else return false;
        return true;
    }

    private void Fit()
    {
        foreach (ReplayScreen screen in Screens) screen.Fit();
        Everyone?.Fit();
    }

    private void Asks(Key key)
    {
        if (family is null) return;
        switch (key)
        {
            case Key.N: AskForTask(Request.Number % TestTasks.Count + 1); break;
            case Key.P: ToggleAll(); break;
            case Key.X: Ask(Request with { Seed = Request.Seed + 1 }); break;
            case Key.Up: Ask(Request with { Trajectories = Math.Min(MostTrajectories, Request.Trajectories + 5) }); break;
            case Key.Down: Ask(Request with { Trajectories = Math.Max(LeastTrajectories, Request.Trajectories - 5) }); break;
            case Key.RightBracket: Ask(Request with { Steps = Math.Min(MostSteps, Request.Steps + 1) }); break;
            case Key.LeftBracket: Ask(Request with { Steps = Math.Max(0, Request.Steps - 1) }); break;
            case Key.Period: Ask(Request with { StepScale = Math.Min(8, Request.StepScale * 1.25) }); break;
            case Key.Comma: Ask(Request with { StepScale = Math.Max(0.125, Request.StepScale / 1.25) }); break;
            default: Ask(Sliders?.KeyDown(key, Request, Usual) ?? Request); break;
        }
    }

    /// <param name="number">Of a test task, from 1</param>
    internal void AskForTask(int number)
    {
        Usual = Usual with { Number = number, Task = TestTasks.Row(number - 1).ToArray() };
        Ask(Request with { Number = number, IsChosen = false, OfAllTasks = false, Task = Usual.Task });
    }

    /// <summary>Asks for all test tasks with so many robots in all, as far as they divide.</summary>
    internal void AskForAll(int robots) => Ask(Request with { OfAllTasks = true, Trajectories = Math.Max(1, robots / TestTasks.Count) });

    private void ToggleAll()
    {
        if (checkpoints > 1)
        {
            Say("All tasks at once are shown for one checkpoint: open one of the two alone.");
            return;
        }
        if (!Request.OfAllTasks) Say($"adapting to {TestTasks.Count} tasks …");
        Ask(Request with { OfAllTasks = !Request.OfAllTasks });
    }

    private void Ask(AdaptationRequest request)
    {
        if (request == Request) return;
        Request = request;
        ask?.Invoke(request);
    }
}
