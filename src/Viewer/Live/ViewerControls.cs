using System.Numerics;
using MamlRobotics.Envs;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>
/// What keys and mouse do to what is shown and asked for. Knows neither windows nor OpenGL nor torch, so that tests
/// drive it by the events alone.
/// </summary>
public sealed class ViewerControls
{
    public const int MostSteps = 9, MostTrajectories = 200;

    private const float ClickReach = 5, GoalReach = 22, ZoomFactor = 1.15f;
    private const double SpeedFactor = 2;

    private enum Drag { None, Undecided, Pan, Goal, Scrub }

    private readonly TaskFamily? family;
    private readonly Action<AdaptationRequest>? ask;
    private Drag drag;
    private Vector2 pressed, pointer;

    public ViewerControls(TaskFamily family, Theme theme, AdaptationRequest first, Action<AdaptationRequest> ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        (this.family, this.ask, Theme, Request) = (family, ask, theme, first);
        ask(first);
    }

    /// <summary>Controls of a recorded replay, which is looked at and asks for nothing.</summary>
    public ViewerControls(Replay recorded, Theme theme)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        (Theme, Request) = (theme, new AdaptationRequest(recorded.Task, 1, true, recorded.InnerSteps, recorded.Steps[0].Trajectories.Count, 1, 0));
    }

    /// <summary>Whether there is a policy that can adapt to something else than what is shown.</summary>
    public bool CanAdapt => family is not null;

    /// <summary>Null until the first adaptation is there.</summary>
    public ReplayScreen? Screen { get; private set; }

    public Theme Theme { get; private set; }
    public AdaptationRequest Request { get; private set; }
    public bool ShowsHelp { get; private set; }
    public bool WantsToQuit { get; private set; }

    /// <summary>Set by a key, taken back by the window once it has saved.</summary>
    public bool WantsPicture { get; set; }

    /// <summary>Set by a key, taken back by the window once it has recorded.</summary>
    public bool WantsFilm { get; set; }

    /// <summary>Grows whenever the still part has to be drawn anew.</summary>
    public int Version { get; private set; }

    /// <summary>Shows a new adaptation from its beginning; one that is shown already, and of which more is known now, goes on.</summary>
    public void Show(Replay replay, float width, float height)
    {
        ArgumentNullException.ThrowIfNull(replay);
        bool goesOn = Screen is not null && Screen.Replay.Steps == replay.Steps;
        var screen = new ReplayScreen(replay, Theme, width, height, goesOn ? Screen!.Playback : null);
        if (Screen is not null) screen.LookLike(Screen);
        Screen = screen;
        Version++;
    }

    public void Resize(float width, float height)
    {
        Screen?.Resize(width, height);
        Version++;
    }

    public void Redraw() => Version++;

    public void KeyDown(Key key)
    {
        if (key is Key.Escape && ShowsHelp) ShowsHelp = false;
        else if (key is Key.Escape) WantsToQuit = true;
        else if (key is Key.F1 or Key.H) ShowsHelp = !ShowsHelp;
        else if (Screen is not null && !Replays(key, Screen) && !Looks(key, Screen)) Asks(key);
    }

    public void MouseDown(MouseButton button)
    {
        pressed = pointer;
        if (Screen is null) return;
        if (Screen.Layout.Timeline.Contains(pointer)) Scrub(Screen);
        else if (!Screen.Layout.World.Contains(pointer)) drag = Drag.None;
        else if (button != MouseButton.Left) drag = Drag.Pan;
        else drag = CanAdapt && Screen.Replay.World.Goal is { } goal && Vector2.Distance(Screen.Camera.ToScreen(goal), pointer) < GoalReach ? Drag.Goal : Drag.Undecided;
    }

    public void MouseMove(Vector2 position)
    {
        Vector2 moved = position - pointer;
        pointer = position;
        if (Screen is null) return;
        if (drag == Drag.Undecided && Vector2.Distance(pressed, pointer) > ClickReach) drag = Drag.Pan;
        if (drag == Drag.Scrub) Scrub(Screen);
        else if (drag == Drag.Goal && moved != default) PlaceGoal(Screen);
        else if (drag == Drag.Pan)
        {
            Screen.Camera = Screen.Camera.Pan(moved);
            Version++;
        }
    }

    public void MouseUp()
    {
        if (drag == Drag.Undecided && Screen is not null) PlaceGoal(Screen);
        drag = Drag.None;
    }

    public void Scroll(float turns)
    {
        if (Screen is null || !Screen.Layout.World.Contains(pointer)) return;
        Screen.Camera = Screen.Camera.ZoomAt(pointer, MathF.Pow(ZoomFactor, turns));
        Version++;
    }

    private void Scrub(ReplayScreen screen)
    {
        drag = Drag.Scrub;
        screen.Playback.IsPlaying = false;
        screen.Playback.Seek(Timeline.PositionAt(screen.Layout.Timeline, screen.Playback, pointer.X));
    }

    /// <summary>Adapts to a goal under the pointer, where the family's tasks are goals.</summary>
    private void PlaceGoal(ReplayScreen screen)
    {
        if (family is null) return;
        Vector2 goal = screen.Camera.ToWorld(pointer);
        double[] task = [.. Request.Task];
        for (int column = 0; column < task.Length; column++)
        {
            if (family.Spec.Task[column].Name == "goal_x") task[column] = goal.X;
            if (family.Spec.Task[column].Name == "goal_y") task[column] = goal.Y;
        }
        if (!task.SequenceEqual(Request.Task)) Ask(Request with { Task = task, IsChosen = true });
    }

    private static bool Replays(Key key, ReplayScreen screen)
    {
        Playback playback = screen.Playback;
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

    private bool Looks(Key key, ReplayScreen screen)
    {
        if (key is >= Key.Number1 and <= Key.Number9)
        {
            int step = key - Key.Number1;
            if (step < screen.Visible.Length) screen.Visible[step] = !screen.Visible[step];
        }
        else if (key == Key.T) screen.Theme = Theme = Theme == Theme.Dark ? Theme.Light : Theme.Dark;
        else if (key == Key.F) screen.Fit();
        else if (key == Key.S) WantsPicture = true;
        else if (key == Key.V) WantsFilm = true;
        else return false;
        Version++;
        return true;
    }

    private void Asks(Key key)
    {
        if (family is null) return;
        switch (key)
        {
            case Key.N:
                int next = Request.Number % family.TestTasks.Count;
                Ask(Request with { Number = next + 1, IsChosen = false, Task = family.TestTasks.Row(next).ToArray() });
                break;
            case Key.X: Ask(Request with { Seed = Request.Seed + 1 }); break;
            case Key.Up: Ask(Request with { Trajectories = Math.Min(MostTrajectories, Request.Trajectories + 5) }); break;
            case Key.Down: Ask(Request with { Trajectories = Math.Max(5, Request.Trajectories - 5) }); break;
            case Key.RightBracket: Ask(Request with { Steps = Math.Min(MostSteps, Request.Steps + 1) }); break;
            case Key.LeftBracket: Ask(Request with { Steps = Math.Max(0, Request.Steps - 1) }); break;
            case Key.Period: Ask(Request with { StepScale = Math.Min(8, Request.StepScale * 1.25) }); break;
            case Key.Comma: Ask(Request with { StepScale = Math.Max(0.125, Request.StepScale / 1.25) }); break;
        }
    }

    private void Ask(AdaptationRequest request)
    {
        if (request == Request) return;
        Request = request;
        ask?.Invoke(request);
    }
}
